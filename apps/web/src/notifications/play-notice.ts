const TONES_HZ = [660, 880] as const;
const TONE_S = 0.11;
const LOUDNESS = 0.08;

/** Two short tones, one after the other. */
export function playNotice(): void {
  const context = new AudioContext();
  TONES_HZ.forEach((frequency, index) => {
    const begin = context.currentTime + index * TONE_S;
    const volume = context.createGain();
    volume.gain.setValueAtTime(LOUDNESS, begin);
    volume.gain.exponentialRampToValueAtTime(0.0001, begin + 2 * TONE_S);
    volume.connect(context.destination);
    const tone = new OscillatorNode(context, { frequency });
    tone.connect(volume);
    tone.start(begin);
    tone.stop(begin + 2 * TONE_S);
    if (index === TONES_HZ.length - 1) tone.onended = () => void context.close();
  });
}
