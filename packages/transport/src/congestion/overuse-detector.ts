/** Whether queues on the path grow, stay as they are, or drain. */
export type BandwidthUsage = 'normal' | 'overuse' | 'underuse';

const INITIAL_THRESHOLD = 12.5;
const MIN_THRESHOLD = 6;
const MAX_THRESHOLD = 600;

/** How fast the threshold follows the trend up and down, per millisecond. */
const FOLLOW_UP = 0.0087;
const FOLLOW_DOWN = 0.039;

/** A trend so far beyond the threshold is a sudden change of the route, which the threshold does not follow. */
const MAX_FOLLOWED = 15;

/** The threshold does not follow further at once than in so many milliseconds. */
const MAX_STEP = 100;

/** For so long, in milliseconds, the trend must be beyond the threshold. */
const MIN_OVERUSE = 10;

/**
 * Tells from the trend of the delay whether the path is used beyond its capacity (draft-ietf-rmcat-gcc-02 section 5.4).
 *
 * The threshold follows the trend slowly, so that jitter does not look like overuse and flows that fill the queue, such as
 * TCP's, do not starve this one.
 */
export class OveruseDetector {
  #usage: BandwidthUsage = 'normal';
  #threshold = INITIAL_THRESHOLD;
  #overuse = 0;
  #overuses = 0;
  #lastTrend = 0;
  #lastUpdate: number | undefined;

  get usage(): BandwidthUsage {
    return this.#usage;
  }

  /**
   * @param trend See `TrendlineEstimator.trend`.
   * @param now Time in milliseconds at which the trend was seen, on any clock.
   */
  update(trend: number, now: number): void {
    const elapsed = Math.max(0, now - (this.#lastUpdate ?? now));
    this.#usage = this.#judge(trend, elapsed);
    this.#adapt(trend, elapsed);
    this.#lastTrend = trend;
    this.#lastUpdate = now;
  }

  #judge(trend: number, elapsed: number): BandwidthUsage {
    if (trend <= this.#threshold) {
      this.#overuse = 0;
      this.#overuses = 0;
      return trend < -this.#threshold ? 'underuse' : 'normal';
    }
    // The first is taken to have begun half-way since the sample before.
    this.#overuse += this.#overuses === 0 ? elapsed / 2 : elapsed;
    this.#overuses++;
    const isSure = this.#overuse > MIN_OVERUSE && this.#overuses > 1 && trend >= this.#lastTrend;
    if (!isSure) return this.#usage === 'underuse' ? 'normal' : this.#usage;
    this.#overuse = 0;
    this.#overuses = 0;
    return 'overuse';
  }

  #adapt(trend: number, elapsed: number): void {
    const size = Math.abs(trend);
    if (size > this.#threshold + MAX_FOLLOWED) return;
    const rate = size < this.#threshold ? FOLLOW_DOWN : FOLLOW_UP;
    const threshold = this.#threshold + rate * (size - this.#threshold) * Math.min(elapsed, MAX_STEP);
    this.#threshold = Math.min(Math.max(threshold, MIN_THRESHOLD), MAX_THRESHOLD);
  }
}
