/** Milliseconds over which the sent bitrate is measured. */
const WINDOW = 500;

/** The application limits the rate if it sends less than this share of what it may. */
const LIMITED_SHARE = 0.85;

/**
 * Tells whether the application sends clearly less than the estimate allows. What arrives then says nothing about what the
 * path could carry.
 */
export class ApplicationLimit {
  #windowEnd = 0;
  #bytes = 0;
  #sentBitrate = 0;

  /** What was sent lately, in bit/s. */
  get sentBitrate(): number {
    return this.#sentBitrate;
  }

  sent(bytes: number, now: number): void {
    if (now >= this.#windowEnd) this.#endWindow(now);
    this.#bytes += bytes;
  }

  isLimited(estimate: number): boolean {
    return this.#sentBitrate < LIMITED_SHARE * estimate;
  }

  #endWindow(now: number): void {
    const idle = now - this.#windowEnd;
    this.#sentBitrate = idle < WINDOW ? (this.#bytes * 8000) / (WINDOW + idle) : 0;
    this.#bytes = 0;
    this.#windowEnd = now + WINDOW;
  }
}
