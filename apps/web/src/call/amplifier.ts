/** Plays a track louder than its sender made it, which an audio element cannot. */
export interface Amplifier {
  /** @param gain 1 is as it was sent. */
  setGain(gain: number): void;
  close(): void;
}

/** One for the page: browsers allow only a few. */
let context: AudioContext | undefined;

/** @param speakerId the device to play on; empty for the browser's default. */
export function amplify(track: MediaStreamTrack, speakerId: string): Amplifier {
  context ??= new AudioContext();
  const audio = context;
  // Not every browser lets one choose here.
  if (choosesSpeaker(audio)) audio.setSinkId(speakerId).catch(() => undefined);
  void audio.resume().catch(() => undefined);
  const source = audio.createMediaStreamSource(new MediaStream([track]));
  const gain = audio.createGain();
  source.connect(gain).connect(audio.destination);
  return {
    setGain: (value) => gain.gain.setTargetAtTime(value, audio.currentTime, 0.02),
    close: () => {
      source.disconnect();
      gain.disconnect();
    },
  };
}

interface ChoosesSpeaker {
  setSinkId: (id: string) => Promise<void>;
}

function choosesSpeaker(audio: object): audio is ChoosesSpeaker {
  return 'setSinkId' in audio && typeof audio.setSinkId === 'function';
}
