/** What a histogram has counted, in a form that can be passed between threads. */
export interface HistogramSnapshot {
  /** Upper ends of the buckets, growing; what is greater than the last is in one more bucket. */
  bounds: readonly number[];
  /** Observations by bucket, each counted once: one more than there are bounds. */
  counts: readonly number[];
  sum: number;
}

/** How often a value was how large. Those of several threads are added up. */
export class Histogram {
  readonly #bounds: readonly number[];
  readonly #counts: number[];
  #sum = 0;

  /** @param bounds Upper ends of the buckets, growing. */
  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.#counts = Array.from({ length: bounds.length + 1 }, () => 0);
  }

  observe(value: number): void {
    const found = this.#bounds.findIndex((bound) => value <= bound);
    this.#counts[found < 0 ? this.#bounds.length : found]! += 1;
    this.#sum += value;
  }

  snapshot(): HistogramSnapshot {
    return { bounds: this.#bounds, counts: [...this.#counts], sum: this.#sum };
  }
}
