const SAMPLE_RATE = 48_000;
const SECONDS = 2;
const PITCH_HZ = 160;
const OVERTONES = 12;
const SYLLABLES_PER_SECOND = 4;
const PEAK = 20_000;
const HEADER_BYTES = 44;

/**
 * A WAV file of something like a voice, to be played in a loop as a microphone: overtones in syllables, since browsers
 * filter a steady tone out as noise.
 */
export function createVoice(): Buffer {
  const samples = SAMPLE_RATE * SECONDS;
  const file = Buffer.alloc(HEADER_BYTES + samples * 2);
  writeHeader(file, samples * 2);
  for (let i = 0; i < samples; i += 1) {
    const time = i / SAMPLE_RATE;
    const syllable = Math.max(0, Math.sin(2 * Math.PI * SYLLABLES_PER_SECOND * time)) ** 0.5;
    let wave = 0;
    for (let n = 1; n <= OVERTONES; n += 1) wave += Math.sin(2 * Math.PI * PITCH_HZ * n * time) / n;
    file.writeInt16LE(Math.round(syllable * (wave / 2) * PEAK), HEADER_BYTES + i * 2);
  }
  return file;
}

function writeHeader(file: Buffer, dataBytes: number): void {
  file.write('RIFF', 0);
  file.writeUInt32LE(HEADER_BYTES - 8 + dataBytes, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20); // PCM
  file.writeUInt16LE(1, 22); // channels
  file.writeUInt32LE(SAMPLE_RATE, 24);
  file.writeUInt32LE(SAMPLE_RATE * 2, 28); // bytes per second
  file.writeUInt16LE(2, 32); // bytes per frame
  file.writeUInt16LE(16, 34); // bits per sample
  file.write('data', 36);
  file.writeUInt32LE(dataBytes, 40);
}
