import type { Voice } from '@parley/contract';
import { Loudness } from '../media/loudness.js';
import { Store } from '../lib/store.js';
import { waveForm } from './wave-form.js';

export interface Recorded {
  file: File;
  voice: Voice;
}

/** What is drawn while somebody speaks. */
export interface RecordingState {
  milliseconds: number;
  /** How loud it was, from 0 to 1, at even times. */
  levels: readonly number[];
}

const TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];
/** Milliseconds between two measurements. */
const MEASURE = 100;
/** Enough for speech. */
const BITRATE = 48_000;

/** Records the microphone. Throws where there is none, or it may not be used. */
export async function startRecording(): Promise<VoiceRecording> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  });
  const [track] = stream.getAudioTracks();
  if (track === undefined) throw new Error('There is no microphone.');
  return new VoiceRecording(track);
}

/** What is being said, until it is kept or thrown away. */
export class VoiceRecording {
  readonly state = new Store<RecordingState>({ milliseconds: 0, levels: [] });
  readonly #track: MediaStreamTrack;
  readonly #recorder: MediaRecorder;
  readonly #loudness: Loudness;
  readonly #chunks: Blob[] = [];
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #began = performance.now();

  constructor(track: MediaStreamTrack) {
    this.#track = track;
    this.#loudness = new Loudness(track);
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    this.#recorder = new MediaRecorder(new MediaStream([track]), {
      audioBitsPerSecond: BITRATE,
      ...(mimeType !== undefined && { mimeType }),
    });
    this.#recorder.ondataavailable = ({ data }) => this.#chunks.push(data);
    this.#timer = setInterval(() => {
      const levels = [...this.state.get().levels, this.#loudness.level];
      this.state.set({ milliseconds: this.#milliseconds(), levels });
    }, MEASURE);
    this.#recorder.start();
  }

  /** All that was said. */
  async finish(): Promise<Recorded> {
    const duration_ms = Math.max(1, Math.round(this.#milliseconds()));
    const stopped = new Promise((resolve) =>
      this.#recorder.addEventListener('stop', resolve, { once: true }),
    );
    this.#recorder.stop();
    await stopped;
    this.#release();
    const type = this.#recorder.mimeType.split(';')[0] ?? '';
    const file = new File(this.#chunks, `voice.${type.split('/')[1] ?? 'webm'}`, { type });
    return { file, voice: { duration_ms, wave: waveForm(this.state.get().levels) } };
  }

  /** Throws it away, unless it is over. */
  discard(): void {
    if (this.#recorder.state === 'inactive') return;
    this.#recorder.stop();
    this.#release();
  }

  #milliseconds(): number {
    return performance.now() - this.#began;
  }

  /** The microphone is let go of. */
  #release(): void {
    clearInterval(this.#timer);
    this.#track.stop();
    this.#loudness.close();
  }
}
