export const SAMPLE_RATE = 8_000;
export const AMPLITUDE = 8_000;

/** So many samples of a sine, of 16 bits. */
export function tone(frequency: number, samples: number): Int16Array {
  const step = (2 * Math.PI * frequency) / SAMPLE_RATE;
  return Int16Array.from({ length: samples }, (_, index) => AMPLITUDE * Math.sin(step * index));
}

/** Amplitude of one frequency in what was recorded (Goertzel's algorithm). */
export function amplitudeOf(frequency: number, samples: Int16Array): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * frequency) / SAMPLE_RATE);
  let [last, before] = [0, 0];
  for (const sample of samples) [last, before] = [sample + coefficient * last - before, last];
  const power = last * last + before * before - coefficient * last * before;
  return (2 * Math.sqrt(power)) / samples.length;
}
