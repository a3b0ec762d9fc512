import {
  AudioFrame,
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  type LocalTrackPublication,
  type Room,
  type Track,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import { afterEach } from 'vitest';
import { me } from './participants.js';

export interface HeardTone {
  /** Hz of the strongest tone between 100 and 2,000 Hz. */
  frequency: number;
  /** Amplitude of that tone: 1 is full scale. */
  amplitude: number;
  /** Root mean square of everything heard. */
  level: number;
}

const SAMPLE_RATE = 48_000;
const FRAME_SAMPLES = 480;
const QUEUE_MS = 100;
const FULL_SCALE = 32_768;
const LOWEST_HZ = 100;
const HIGHEST_HZ = 2_000;
const STEP_HZ = 2;
const WINDOW_SAMPLES = SAMPLE_RATE / 20;
/** Tones are half of full scale: what is much softer is a gap, or what a decoder makes up for one. */
const CLEAR_AMPLITUDE = 0.2;

/** A microphone that hears a sine tone. */
export class Tone {
  readonly track: LocalAudioTrack;
  readonly frequency: number;
  /** 1 is full scale. */
  amplitude = 0.5;
  readonly #source: AudioSource;
  readonly #finished: Promise<void>;
  #running = true;
  #phase = 0;

  constructor(frequency: number) {
    this.frequency = frequency;
    this.#source = new AudioSource(SAMPLE_RATE, 1, QUEUE_MS);
    this.track = LocalAudioTrack.createAudioTrack(`tone-${frequency}`, this.#source);
    this.#finished = this.#run();
  }

  get name(): string {
    return `tone-${this.frequency}`;
  }

  publish(room: Room): Promise<LocalTrackPublication> {
    return me(room).publishTrack(
      this.track,
      new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE }),
    );
  }

  /** The SDK has no method for it yet, its native half does. */
  setMuted(mute: boolean): void {
    globalThis._ffiClientInstance?.request({
      message: { case: 'localTrackMute', value: { trackHandle: this.track.ffi_handle.handle, mute } },
    });
  }

  async stop(): Promise<void> {
    this.#running = false;
    await this.#finished;
    await this.track.close();
  }

  async #run(): Promise<void> {
    const step = (2 * Math.PI * this.frequency) / SAMPLE_RATE;
    while (this.#running) {
      const samples = new Int16Array(FRAME_SAMPLES);
      for (let i = 0; i < FRAME_SAMPLES; i += 1) {
        samples[i] = Math.round(Math.sin(this.#phase) * this.amplitude * (FULL_SCALE - 1));
        this.#phase = (this.#phase + step) % (2 * Math.PI);
      }
      // The source's queue is short and waits when it is full: it sets the pace.
      await this.#source.captureFrame(new AudioFrame(samples, SAMPLE_RATE, 1, FRAME_SAMPLES));
    }
  }
}

/** Makes tones that end with the test. */
export function useTones(): (frequency: number) => Tone {
  const tones: Tone[] = [];
  afterEach(async () => {
    await Promise.all(tones.splice(0).map((tone) => tone.stop()));
  });
  return (frequency) => {
    const tone = new Tone(frequency);
    tones.push(tone);
    return tone;
  };
}

/** Listens to a track for some time and tells its strongest tone; the first `skip` seconds are not judged. */
export async function listen(track: Track, seconds = 1, skip = 0.5): Promise<HeardTone> {
  return analyse(await record(track, seconds, skip));
}

/** Share of all windows of 50 ms, over some seconds, in which that tone is clearly heard: 1 is without a break. */
export async function hearContinuously(
  track: Track,
  frequency: number,
  seconds: number,
  skip = 0.5,
): Promise<number> {
  const heard = await record(track, seconds, skip);
  const windows = Math.floor(heard.length / WINDOW_SAMPLES);
  let clear = 0;
  for (let i = 0; i < windows; i += 1) {
    const window = heard.subarray(i * WINDOW_SAMPLES, (i + 1) * WINDOW_SAMPLES);
    if (toneAmplitude(window, frequency) > CLEAR_AMPLITUDE) clear += 1;
  }
  return clear / windows;
}

async function record(track: Track, seconds: number, skip: number): Promise<Float64Array> {
  const heard = new Float64Array(Math.round(seconds * SAMPLE_RATE));
  let filled = -Math.round(skip * SAMPLE_RATE);
  const reader = new AudioStream(track, SAMPLE_RATE, 1).getReader();
  try {
    while (filled < heard.length) {
      const { done, value } = await reader.read();
      if (done) throw new Error('The track ended while it was being listened to.');
      for (const sample of value.data) {
        if (filled >= 0 && filled < heard.length) heard[filled] = sample / FULL_SCALE;
        filled += 1;
      }
    }
  } finally {
    await reader.cancel();
  }
  return heard;
}

function analyse(samples: Float64Array): HeardTone {
  let frequency = 0;
  let amplitude = 0;
  for (let candidate = LOWEST_HZ; candidate <= HIGHEST_HZ; candidate += STEP_HZ) {
    const strength = toneAmplitude(samples, candidate);
    if (strength > amplitude) {
      amplitude = strength;
      frequency = candidate;
    }
  }
  const energy = samples.reduce((sum, sample) => sum + sample * sample, 0);
  return { frequency, amplitude, level: Math.sqrt(energy / samples.length) };
}

/** The amplitude of one frequency, by Goertzel's algorithm. */
function toneAmplitude(samples: Float64Array, frequency: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * frequency) / SAMPLE_RATE);
  let previous = 0;
  let beforePrevious = 0;
  for (const sample of samples) {
    const current = sample + coefficient * previous - beforePrevious;
    beforePrevious = previous;
    previous = current;
  }
  const power = previous ** 2 + beforePrevious ** 2 - coefficient * previous * beforePrevious;
  return (2 * Math.sqrt(Math.max(0, power))) / samples.length;
}
