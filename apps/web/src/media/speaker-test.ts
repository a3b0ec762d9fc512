/** Plays three short tones through a speaker; an empty id means the browser's default. Resolves when they have ended. */
export async function playTestSound(speakerId: string): Promise<void> {
  const context = new AudioContext();
  try {
    const output = context.createMediaStreamDestination();
    const notes = [523.25, 659.25, 783.99];
    notes.forEach((frequency, index) => playNote(context, output, frequency, 0.05 + index * 0.16));
    const audio = new Audio();
    audio.srcObject = output.stream;
    if (speakerId !== '' && canChooseSpeaker()) await audio.setSinkId(speakerId);
    await audio.play();
    await new Promise((resolve) => setTimeout(resolve, 900));
    audio.pause();
  } finally {
    await context.close();
  }
}

/** Whether the browser lets a page choose among speakers. */
export function canChooseSpeaker(): boolean {
  return 'setSinkId' in HTMLMediaElement.prototype;
}

function playNote(context: AudioContext, output: AudioNode, frequency: number, after: number): void {
  const start = context.currentTime + after;
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.type = 'sine';
  tone.frequency.value = frequency;
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(0.25, start + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, start + 0.4);
  tone.connect(volume).connect(output);
  tone.start(start);
  tone.stop(start + 0.45);
}
