/** Groups of packets that the line is laid through. */
const WINDOW = 20;

/** Weight of the past in the smoothed delay. */
const SMOOTHING = 0.9;

/** Groups after which the trend has its full weight. */
const FULL_WEIGHT = 60;

const GAIN = 4;

/**
 * How fast the delay grows: the slope of a line laid through the delays of the latest groups of packets by least squares.
 */
export class TrendlineEstimator {
  readonly #arrivals = new Float64Array(WINDOW);
  readonly #delays = new Float64Array(WINDOW);
  #count = 0;
  #firstArrival = 0;
  #firstDelay = 0;
  #smoothedDelay = 0;
  #trend = 0;

  /**
   * Milliseconds of delay per millisecond of time, times the number of groups so far (60 at most), times 4: the measure that
   * the threshold of `OveruseDetector` is for.
   */
  get trend(): number {
    return this.#trend;
  }

  /** Takes a group of packets; the times are in milliseconds, each on a clock of its own. */
  add(sentAt: number, arrival: number): void {
    const delay = arrival - sentAt;
    if (this.#count === 0) {
      this.#firstArrival = arrival;
      this.#firstDelay = delay;
    }
    // Small numbers: clocks that count from 1970 leave few digits for a sum of squares.
    const relativeDelay = delay - this.#firstDelay;
    this.#smoothedDelay = SMOOTHING * this.#smoothedDelay + (1 - SMOOTHING) * relativeDelay;
    const index = this.#count % WINDOW;
    this.#arrivals[index] = arrival - this.#firstArrival;
    this.#delays[index] = this.#smoothedDelay;
    this.#count++;
    if (this.#count >= WINDOW) this.#trend = this.#slope() * Math.min(this.#count, FULL_WEIGHT) * GAIN;
  }

  #slope(): number {
    let arrivals = 0;
    let delays = 0;
    for (let i = 0; i < WINDOW; i++) {
      arrivals += this.#arrivals[i]!;
      delays += this.#delays[i]!;
    }
    const meanArrival = arrivals / WINDOW;
    const meanDelay = delays / WINDOW;
    let covariance = 0;
    let variance = 0;
    for (let i = 0; i < WINDOW; i++) {
      const deviation = this.#arrivals[i]! - meanArrival;
      covariance += deviation * (this.#delays[i]! - meanDelay);
      variance += deviation * deviation;
    }
    return variance === 0 ? 0 : covariance / variance;
  }
}
