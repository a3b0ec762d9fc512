/** Milliseconds after which a smallest delay is forgotten: the route may have got longer, and clocks drift. */
const WINDOW = 10_000;

/** How long packets wait in queues: their delay beyond the smallest of the last 10 to 20 seconds. */
export class QueueDelay {
  #smallest = Infinity;
  #smallestBefore = Infinity;
  #windowEnd = -Infinity;
  #latest = Infinity;

  /** The smallest wait, in milliseconds, of the packets added since the last `startReport`: jitter hardly shows in it. */
  get current(): number {
    const base = Math.min(this.#smallest, this.#smallestBefore);
    return this.#latest === Infinity ? 0 : this.#latest - base;
  }

  startReport(now: number): void {
    this.#latest = Infinity;
    if (now < this.#windowEnd) return;
    this.#smallestBefore = this.#smallest;
    this.#smallest = Infinity;
    this.#windowEnd = now + WINDOW;
  }

  /** @param delay Time from sending to arrival, in milliseconds, with any constant difference of the clocks. */
  add(delay: number): void {
    if (delay < this.#latest) this.#latest = delay;
    if (delay < this.#smallest) this.#smallest = delay;
  }
}
