/** The retransmission timeout, RFC 9260 section 6.3.1, in milliseconds. */

/** RTO.Initial, RFC 9260 section 16. */
const INITIAL = 1000;
/**
 * RTO.Min. The RFC says one second; WebRTC stacks use less, because a call is not a batch job. It must stay above
 * the delay of a SACK (the peer's may be 200 ms), or every lone packet would be sent twice.
 */
const MIN = 400;
/** RTO.Max. The RFC says a minute; a call in which nothing arrived for ten seconds has to be tried at least that often. */
const MAX = 10_000;
/** RTO.Alpha and RTO.Beta. */
const ALPHA = 1 / 8;
const BETA = 1 / 4;

export class RetransmissionTimeout {
  /** As measured. */
  #base = INITIAL;
  #value = INITIAL;
  #smoothed: number | undefined;
  #variation = 0;

  get value(): number {
    return this.#value;
  }

  /** @param roundTrip of a chunk that was sent once only (Karn's rule) */
  observe(roundTrip: number): void {
    if (this.#smoothed === undefined) {
      this.#smoothed = roundTrip;
      this.#variation = roundTrip / 2;
    } else {
      this.#variation += BETA * (Math.abs(this.#smoothed - roundTrip) - this.#variation);
      this.#smoothed += ALPHA * (roundTrip - this.#smoothed);
    }
    this.#base = clamp(this.#smoothed + 4 * this.#variation);
    this.#value = this.#base;
  }

  /** After a timeout: twice as long. */
  backOff(): void {
    this.#value = clamp(this.#value * 2);
  }

  /**
   * Data got through: as measured again. The RFC waits for the next measurement, which heavy loss can put off for
   * long: at 20% loss, 5 MB then take twice the time. dcSCTP and the TCP of Linux do not wait either.
   */
  endBackOff(): void {
    this.#value = this.#base;
  }
}

/** How long to wait for the answer to attempt `attempt` (from 0) where no round trip was measured yet. */
export function initialTimeout(attempt: number): number {
  return clamp(INITIAL * 2 ** attempt);
}

function clamp(value: number): number {
  return Math.min(MAX, Math.max(MIN, value));
}
