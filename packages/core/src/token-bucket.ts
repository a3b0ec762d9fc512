/** A token bucket: lets `rate` units a second pass on average, and up to `burst` at once. */
export class TokenBucket {
  readonly #rate: number;
  readonly #burst: number;
  #tokens: number;
  #updatedAt: number;

  /**
   * @param rate Units a second.
   * @param burst Units that may pass at once.
   * @param now Milliseconds.
   */
  constructor(rate: number, burst: number, now: number) {
    this.#rate = rate;
    this.#burst = burst;
    this.#tokens = burst;
    this.#updatedAt = now;
  }

  /** Takes `units` out; false, and nothing taken, when there are too few. */
  take(units: number, now: number): boolean {
    const elapsed = Math.max(0, now - this.#updatedAt);
    this.#tokens = Math.min(this.#burst, this.#tokens + (elapsed * this.#rate) / 1000);
    this.#updatedAt = now;
    if (units > this.#tokens) return false;
    this.#tokens -= units;
    return true;
  }
}
