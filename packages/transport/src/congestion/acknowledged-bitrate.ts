/** Milliseconds of one bucket, and how many there are, a power of two: a little over a second. */
const BUCKET = 20;
const BUCKETS = 64;

/** A packet that arrived so many buckets before others, 10 s, shows that the receiver's clock was set back. */
const MAX_BACK = 500;

/** The longest window that can be asked for, in milliseconds. */
const MAX_WINDOW = BUCKET * (BUCKETS - 1);

/** What arrives at the receiver, in bit/s, over a sliding window of its own clock. */
export class AcknowledgedBitrate {
  readonly #buckets = new Float64Array(BUCKETS);
  #first: number | undefined;
  #newest = 0;

  /** @param arrival When a packet arrived, in milliseconds of the receiver's clock. */
  add(bytes: number, arrival: number): void {
    const bucket = Math.floor(arrival / BUCKET);
    if (this.#first === undefined || bucket < this.#newest - MAX_BACK) this.#restart(bucket);
    if (bucket > this.#newest) this.#advance(bucket);
    if (bucket > this.#newest - BUCKETS) {
      const index = indexOf(bucket);
      this.#buckets[index] = this.#buckets[index]! + bytes;
    }
  }

  /**
   * The bitrate over the latest milliseconds that packets arrived in; undefined as long as half of them have not passed.
   *
   * @param window Milliseconds, 1260 at most.
   */
  over(window: number): number | undefined {
    // The newest bucket is still being filled.
    const passed = (this.#newest - (this.#first ?? this.#newest)) * BUCKET;
    if (passed < window / 2) return undefined;
    const count = Math.min(window, passed, MAX_WINDOW) / BUCKET;
    let bytes = 0;
    for (let i = 1; i <= count; i++) bytes += this.#buckets[indexOf(this.#newest - i)]!;
    return (bytes * 8000) / (Math.floor(count) * BUCKET);
  }

  #restart(bucket: number): void {
    this.#buckets.fill(0);
    this.#first = this.#newest = bucket;
  }

  #advance(bucket: number): void {
    const empty = Math.min(bucket - this.#newest, BUCKETS);
    for (let i = 0; i < empty; i++) this.#buckets[indexOf(bucket - i)] = 0;
    this.#newest = bucket;
  }
}

/** The receiver's clock may begin below zero. */
function indexOf(bucket: number): number {
  return bucket & (BUCKETS - 1);
}
