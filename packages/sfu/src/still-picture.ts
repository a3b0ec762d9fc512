import type { PacketHistory, ReceiveStream } from '@parley/transport';

/** Milliseconds after which the same picture may be sent again: at first, doubled each time, so many times at most. */
const FIRST_INTERVAL = 500;
const MAX_DOUBLINGS = 6;

/**
 * Milliseconds after which it is sent once more, and then again: clients show a frame only from when they have something to
 * show it in, and the first may come before that.
 */
const REPEATS = [500, 1000];

/** Milliseconds from one frame to the next: those of a minute ago are to be seen at once. */
const FRAME_INTERVAL = 1;
/** Milliseconds by which it is made older than it is: the next frame may have been taken before this one is sent. */
const MARGIN = 100;

/**
 * Decides when a subscriber is sent a picture that has long stood still, and what time its frames bear then: the last of
 * them about now, so that what the publisher sends next follows it in its time.
 */
export class StillPicture {
  /**
   * Of the frames as they were shown, by those that the publisher gave them. They stay when the picture has come to its end:
   * what is lost is sent again just as it was.
   */
  readonly #timestamps = new Map<number, number>();
  #isShown = false;
  #stream: ReceiveStream | undefined;
  #keyFrame = -1;
  #sentAt = -Infinity;
  #sent = 0;
  #repeatAt = Infinity;

  /** Whether what is being forwarded began as a still picture. */
  get isShown(): boolean {
    return this.#isShown;
  }

  /**
   * Whether to send this picture now.
   *
   * @param isMissed Whether the subscriber is known not to see it, even if it was sent before.
   */
  allows(stream: ReceiveStream, keyFrame: number, isMissed: boolean, now: number): boolean {
    if (stream !== this.#stream || keyFrame !== this.#keyFrame || this.#sent === 0) return true;
    const interval = FIRST_INTERVAL * 2 ** Math.min(this.#sent, MAX_DOUBLINGS);
    return isMissed && now - this.#sentAt >= interval;
  }

  /** When to send it once more unasked; Infinity if never. */
  get repeatAt(): number {
    return this.#repeatAt;
  }

  /** Other layers are wanted of it from now on. */
  allowAgain(): void {
    this.#sent = 0;
  }

  /** It is sent now, from this key frame to the newest packet: gives the frames their times. */
  begin(stream: ReceiveStream, history: PacketHistory, keyFrame: number, now: number): void {
    this.#sent = stream === this.#stream && keyFrame === this.#keyFrame ? this.#sent + 1 : 1;
    this.#stream = stream;
    this.#keyFrame = keyFrame;
    this.#sentAt = now;
    this.#isShown = true;
    this.#repeatAt = now + (REPEATS[this.#sent - 1] ?? Infinity);
    this.#timestamps.clear();
    const newest = history.find(history.newest);
    const age = now - history.arrival(newest) - MARGIN;
    let timestamp = history.timestamp(newest) + Math.round((age * stream.clockRate) / 1000);
    for (let sequence = history.newest; ; sequence = (sequence - 1) & 0xffff) {
      const original = history.timestamp(history.find(sequence)) | 0;
      if (!this.#timestamps.has(original)) {
        this.#timestamps.set(original, timestamp | 0);
        timestamp -= (FRAME_INTERVAL * stream.clockRate) / 1000;
      }
      if (sequence === keyFrame) return;
    }
  }

  /** The time that a frame bears; its own where it is none of this picture's. */
  timestampOf(timestamp: number): number {
    return this.#timestamps.get(timestamp) ?? timestamp;
  }

  /** The same of a frame that comes now: the picture moves. */
  follow(timestamp: number): number {
    this.#repeatAt = Infinity;
    return this.timestampOf(timestamp);
  }

  /** What is forwarded from now on is no still picture. */
  end(): void {
    this.#repeatAt = Infinity;
    this.#isShown = false;
  }
}
