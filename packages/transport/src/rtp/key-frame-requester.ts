/** Milliseconds from one key frame request to the next that is made for a new reason. */
const MIN_INTERVAL = 500;

/** Bounds of the time after which an unanswered request is repeated, in milliseconds. */
const MIN_REPEAT = 200;
const MAX_REPEAT = 1000;

/** So many repetitions may be lost; further ones wait twice as long each, up to so many milliseconds. */
const PROMPT_REPEATS = 3;
const LONGEST_REPEAT = 4000;

/** A stream of which nothing came for so many milliseconds stood still: what comes then may be answered by a key frame. */
const STILL = 1000;

/** An unanswered request is given up so long after it was last asked for, in milliseconds. */
const GIVE_UP_AFTER = 10_000;

const DEFAULT_RTT = 100;

/**
 * When to ask a publisher for a key frame (PLI, RFC 4585 section 6.3.1), given how often subscribers want one.
 *
 * The first request goes out at once, and is repeated every two round trips until a key frame comes, since either may be
 * lost; more and more seldom after the first few, as a picture that stands still brings no key frame however often one is
 * asked for. A new request then waits until 500 ms have passed since the last.
 */
export class KeyFrameRequester {
  #pending = false;
  #askedAt = 0;
  #sentAt = -Infinity;
  #deadline = Infinity;
  #repeat = 2 * DEFAULT_RTT;
  /** Requests since the last key frame. */
  #unanswered = 0;
  #heardAt = -Infinity;

  /** Whether a key frame is being waited for. */
  get pending(): boolean {
    return this.#pending;
  }

  /** When `poll` should be called; Infinity if no key frame is wanted. */
  get deadline(): number {
    return this.#deadline;
  }

  /** @param rtt Round-trip time to the publisher, in milliseconds. */
  setRtt(rtt: number): void {
    this.#repeat = Math.min(Math.max(2 * rtt, MIN_REPEAT), MAX_REPEAT);
  }

  /** Somebody wants a key frame. */
  request(now: number): void {
    this.#askedAt = now;
    if (this.#pending) return;
    this.#pending = true;
    this.#deadline = Math.max(now, this.#sentAt + MIN_INTERVAL);
  }

  /** A key frame has come. */
  keyFrame(): void {
    this.#unanswered = 0;
    this.#stop();
  }

  /** Packets of the stream came. */
  heard(now: number): void {
    if (this.#unanswered > 0 && now - this.#heardAt > STILL) {
      this.#unanswered = 0;
      if (this.#pending)
        this.#deadline = Math.min(this.#deadline, Math.max(now, this.#sentAt + this.#repeat));
    }
    this.#heardAt = now;
  }

  /** Whether to send a request now; it counts as sent. */
  poll(now: number): boolean {
    if (now < this.#deadline) return false;
    if (now - this.#askedAt >= GIVE_UP_AFTER) {
      this.#stop();
      return false;
    }
    this.#sentAt = now;
    this.#deadline = now + this.#interval;
    this.#unanswered += 1;
    return true;
  }

  get #interval(): number {
    const doublings = Math.max(0, this.#unanswered - PROMPT_REPEATS + 1);
    return Math.max(this.#repeat, Math.min(this.#repeat * 2 ** doublings, LONGEST_REPEAT));
  }

  #stop(): void {
    this.#pending = false;
    this.#deadline = Infinity;
  }
}
