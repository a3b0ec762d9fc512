/** Two notes, as of a small bell, each once in every round. */
const NOTES_HZ = [587.33, 783.99] as const;
const NOTE_EVERY_S = 0.22;
const NOTE_S = 0.9;
const ROUND_MS = 3_000;
const LOUDNESS = 0.07;

/** Nobody is called for longer. */
export const RING_MS = 45_000;

/** Rings, quietly, until it is stopped or nobody is called any more. @returns stops it. */
export function playRingTone(): () => void {
  const context = new AudioContext();
  const round = () => {
    // Browsers play nothing on a page on which nobody has clicked yet.
    if (context.state !== 'running') return;
    NOTES_HZ.forEach((frequency, index) => {
      const begin = context.currentTime + index * NOTE_EVERY_S;
      const volume = context.createGain();
      volume.gain.setValueAtTime(0.0001, begin);
      volume.gain.exponentialRampToValueAtTime(LOUDNESS, begin + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, begin + NOTE_S);
      volume.connect(context.destination);
      const note = new OscillatorNode(context, { frequency, type: 'triangle' });
      note.connect(volume);
      note.start(begin);
      note.stop(begin + NOTE_S);
    });
  };
  const rounds = setInterval(round, ROUND_MS);
  const end = setTimeout(() => stop(), RING_MS);
  const stop = () => {
    clearInterval(rounds);
    clearTimeout(end);
    if (context.state !== 'closed') void context.close();
  };
  void context.resume().then(round, () => undefined);
  return stop;
}
