/** Milliseconds from one key frame request to the next that is made for a new reason. */
const MIN_INTERVAL = 500;

/** Bounds of the time after which an unanswered request is repeated, in milliseconds. */
const MIN_REPEAT = 200;
const MAX_REPEAT = 1000;

/** An unanswered request is given up so long after it was last asked for, in milliseconds. */
const GIVE_UP_AFTER = 10_000;

const DEFAULT_RTT = 100;

/**
 * When to ask a publisher for a key frame (PLI, RFC 4585 section 6.3.1), given how often subscribers want one.
 *
 * The first request goes out at once, and is repeated every two round trips until a key frame comes, since either may be
 * lost. A new request then waits until 500 ms have passed since the last.
 */
export class KeyFrameRequester {
  #pending = false;
  #askedAt = 0;
  #sentAt = -Infinity;
  #deadline = Infinity;
  #repeat = 2 * DEFAULT_RTT;

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
    this.#pending = false;
    this.#deadline = Infinity;
  }

  /** Whether to send a request now; it counts as sent. */
  poll(now: number): boolean {
    if (now < this.#deadline) return false;
    if (now - this.#askedAt >= GIVE_UP_AFTER) {
      this.keyFrame();
      return false;
    }
    this.#sentAt = now;
    this.#deadline = now + this.#repeat;
    return true;
  }
}
