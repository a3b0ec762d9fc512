import { AcknowledgedBitrate } from './acknowledged-bitrate.js';
import { AimdRateControl } from './aimd-rate-control.js';
import { DelayMonitor } from './delay-monitor.js';

/** bit/s; the estimate before the path was ever full, which is not told. */
const MAX_BITRATE = 100_000_000;
const MIN_BITRATE = 30_000;

/** Milliseconds between two looks at the path, and between two REMBs. */
const UPDATE_INTERVAL = 100;
const REPORT_INTERVAL = 1000;

/** A decrease below this share of what was told last is told at once. */
const URGENT = 0.97;

/** Windows, in milliseconds, over which what arrives is measured. */
const WINDOW = 500;
const LONG_WINDOW = 1000;

/** Milliseconds; until the round trip is known. */
const DEFAULT_RTT = 100;

/** Absolute send times have 24 bits, of which 18 are fractions of a second. */
const PERIOD = 2 ** 24;
const UNITS_PER_MILLISECOND = 2 ** 18 / 1000;

/**
 * Estimates, for a publisher that cannot do it by itself, what its path to here carries: by the absolute send times of its
 * packets (RMCAT's receiver-side congestion control, draft-ietf-rmcat-gcc-02 with draft-alvestrand-rmcat-remb-03).
 *
 * Says nothing as long as the path was never full.
 */
export class ReceiveSideEstimator {
  readonly #delays = new DelayMonitor();
  readonly #received = new AcknowledgedBitrate();
  readonly #rate = new AimdRateControl({
    startBitrate: MAX_BITRATE,
    minBitrate: MIN_BITRATE,
    maxBitrate: MAX_BITRATE,
  });
  #rtt = DEFAULT_RTT;
  /** In units of the header extension; does not wrap. */
  #sendTime: number | undefined;
  #receivedAt = 0;
  #updateAt = 0;
  #reportAt = Infinity;
  #reported = Infinity;

  /** When to call `poll`, in milliseconds; Infinity if there is nothing to tell. */
  get deadline(): number {
    return this.#reportAt;
  }

  /** @param rtt Round-trip time in milliseconds. */
  setRtt(rtt: number): void {
    this.#rtt = rtt;
  }

  /**
   * Takes note of a packet.
   *
   * @param sendTime Its absolute send time, 24 bits.
   * @param bytes Its size with all headers.
   */
  receive(sendTime: number, bytes: number, now: number): void {
    this.#delays.add(this.#unwrap(sendTime, now) / UNITS_PER_MILLISECOND, now);
    this.#received.add(bytes, now);
    if (now < this.#updateAt) return;
    this.#updateAt = now + UPDATE_INTERVAL;
    this.#update(now);
    this.#delays.startReport(now);
  }

  /** What the publisher is to be told, in bit/s. To be called at the deadline. */
  poll(now: number): number {
    this.#reported = this.#rate.bitrate;
    this.#reportAt = now + REPORT_INTERVAL;
    return this.#reported;
  }

  #update(now: number): void {
    const received = this.#received.over(WINDOW);
    this.#rate.update(
      {
        usage: this.#delays.usage(Math.min(received ?? Infinity, this.#rate.bitrate)),
        acknowledged: received,
        acknowledgedLong: this.#received.over(LONG_WINDOW),
        isApplicationLimited: false,
        holds: false,
        queueDelay: this.#delays.queueDelay,
        rtt: this.#rtt,
      },
      now,
    );
    if (this.#rate.bitrate < Math.min(this.#reported, MAX_BITRATE) * URGENT) this.#reportAt = now;
  }

  /** The nearest to what is to be expected: a publisher may say nothing for longer than a period, 64 s. */
  #unwrap(sendTime: number, now: number): number {
    const elapsed = (now - this.#receivedAt) * UNITS_PER_MILLISECOND;
    const expected = this.#sendTime === undefined ? sendTime : this.#sendTime + elapsed;
    this.#receivedAt = now;
    this.#sendTime = sendTime + Math.round((expected - sendTime) / PERIOD) * PERIOD;
    return this.#sendTime;
  }
}
