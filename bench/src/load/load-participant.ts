import { randomBytes } from 'node:crypto';
import { Participant, type Tile } from '../client/participant.js';
import { Publisher } from '../client/publisher.js';
import { Receiver } from '../client/receiver.js';
import type { JoiningParticipant, MediaKind } from './load-commands.js';

/** When a participant got how far, in milliseconds from opening the WebSocket. */
export interface JoinTimes {
  connected: number;
  audio?: number;
  video?: number;
}

const MEDIA_TIMEOUT_MS = 20_000;

const clock = {
  now: () => performance.now(),
  wall: () => Date.now(),
  random: (bytes: number) => new Uint8Array(randomBytes(bytes)),
};

/** One participant of the load: joins, publishes, receives. */
export class LoadParticipant {
  readonly #joining: JoiningParticipant;
  readonly #receiver = new Receiver(clock);
  #participant: Participant | undefined;
  #publisher: Publisher | undefined;

  constructor(joining: JoiningParticipant) {
    this.#joining = joining;
  }

  get identity(): string {
    return this.#joining.identity;
  }

  get sent(): number {
    return this.#publisher?.packets ?? 0;
  }

  get received(): number {
    return this.#receiver.received;
  }

  get lost(): number {
    return this.#receiver.lost;
  }

  /** Resolves when it is connected, publishes what it should and has received what it expects. */
  async join(url: string): Promise<JoinTimes> {
    const { token, audio, video, expects } = this.#joining;
    const started = clock.now();
    const participant = await Participant.join(
      { ...clock, url, token },
      {
        onAnswer: (answer) => this.#receiver.receiveAnswer(answer),
        onRtp: (descriptors, at, pool, now) => this.#receiver.receiveRtp(descriptors, at, pool, now),
        onRtcp: (packets, now) => {
          this.#receiver.receiveRtcp(packets, now);
          this.#publisher?.receiveRtcp(packets);
        },
      },
      (joining) => {
        this.#participant = joining;
      },
    );
    const times: JoinTimes = { connected: clock.now() - started };
    if (audio === true || video !== undefined) {
      this.#publisher = new Publisher({ ...clock, participant });
      if (audio === true) await this.#publisher.publishAudio();
      if (video !== undefined) await this.#publisher.publishVideo(video);
    }
    for (const kind of expects) times[kind] = (await this.#firstMedia(kind)) - started;
    return times;
  }

  show(tiles: readonly Tile[]): void {
    this.#participant?.show(tiles);
  }

  /** Frames that are due leave. */
  send(now: number): void {
    this.#publisher?.handleTimeout(now);
  }

  /** Everything else that is due. */
  handleTimeout(now: number): void {
    if (this.#participant === undefined) return;
    this.#participant.handleTimeout(now);
    this.#receiver.handleTimeout(now, this.#participant.connection);
  }

  leave(): void {
    this.#participant?.close();
  }

  #firstMedia(kind: MediaKind): Promise<number> {
    const { promise } = kind === 'audio' ? this.#receiver.firstAudio : this.#receiver.firstVideo;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`${this.identity} received no ${kind} in ${MEDIA_TIMEOUT_MS / 1_000} seconds.`));
      }, MEDIA_TIMEOUT_MS);
      void promise.then((moment) => {
        clearTimeout(timer);
        resolve(moment);
      });
    });
  }
}
