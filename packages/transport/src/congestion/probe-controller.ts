import { ProbeCluster } from './probe-cluster.js';

/** What is to be sent to see whether the path carries more. */
export interface Probe {
  /** Number to give to `CongestionController.packetSent`, 1–255. */
  readonly cluster: number;
  /** To be sent in three packets at least, at once or over some 15 ms. */
  readonly bytes: number;
  /** The rate that is tried, in bit/s. */
  readonly bitrate: number;
}

/** The first probe tries a multiple of the start bitrate, later ones of the estimate. */
const FIRST_FACTOR = 3;
const FACTOR = 2;
/** The same where the application already sends all that it may: there the probe comes on top. */
const SATURATED_FACTOR = 1.5;

/** A probe sends for so many milliseconds at its rate. */
const DURATION = 15;
const MIN_BYTES = 1200;

/** A probe that showed more than this share of its rate is followed by the next at once. */
const SUCCESS = 0.7;

/** Milliseconds after which a probe that did not arrive has failed. */
const TIMEOUT = 1000;

/** Milliseconds between probes, and after a decrease. */
const INTERVAL = 4000;
const MAX_INTERVAL = 32_000;

/** An overuse so many milliseconds after a raise, with less than this share of it arriving, shows that it was wrong. */
const FALSE_RAISE_TIME = 3000;
const FALSE_RAISE_SHARE = 0.75;

/** Nothing is probed for a gain smaller than this. */
const MIN_GAIN = 1.05;

/**
 * Decides when to try whether the path carries more than the estimate: a chain of probes, each at twice the rate of the
 * one before, at the start, and later every few seconds as long as the application wants more.
 */
export class ProbeController {
  #cluster: ProbeCluster | undefined;
  #lastId = 0;
  #started = false;
  /** The probe before succeeded. */
  #isChain = false;
  #dueAt = -Infinity;
  #timeoutAt = Infinity;
  #interval = INTERVAL;
  #raisedAt = -Infinity;
  #raisedTo = 0;

  /**
   * The probe to send now, if any. Once handed out it counts as sent.
   *
   * @param wanted What the application could use, in bit/s.
   */
  next(wanted: number, estimate: number, isApplicationLimited: boolean, now: number): Probe | undefined {
    if (this.#cluster !== undefined && now >= this.#timeoutAt) this.#end(now + this.#interval);
    if (this.#cluster !== undefined || now < this.#dueAt || wanted < estimate * MIN_GAIN) return undefined;
    const bitrate = Math.min(wanted, estimate * this.#factor(isApplicationLimited));
    const bytes = Math.max(MIN_BYTES, Math.ceil((bitrate * DURATION) / 8000));
    this.#lastId = (this.#lastId % 255) + 1;
    this.#started = true;
    this.#cluster = new ProbeCluster(this.#lastId, bitrate, bytes);
    this.#timeoutAt = now + TIMEOUT;
    return { cluster: this.#lastId, bytes, bitrate };
  }

  /** A packet of a probe arrived; the times are in milliseconds, each on a clock of its own. */
  receive(cluster: number, bytes: number, sentAt: number, arrival: number): void {
    if (cluster === this.#cluster?.id) this.#cluster.receive(bytes, sentAt, arrival);
  }

  /** What the current probe showed, in bit/s, once; undefined if nothing. */
  takeResult(now: number): number | undefined {
    const cluster = this.#cluster;
    const result = cluster?.result();
    if (cluster === undefined || result === undefined) return undefined;
    const succeeded = result > cluster.bitrate * SUCCESS;
    this.#end(succeeded ? now : now + this.#interval);
    this.#isChain = succeeded;
    return result;
  }

  /** The estimate was raised because of a probe. */
  raised(bitrate: number, now: number): void {
    if (now - this.#raisedAt > FALSE_RAISE_TIME) this.#interval = INTERVAL;
    this.#raisedAt = now;
    this.#raisedTo = bitrate;
  }

  /**
   * The estimate was decreased.
   *
   * @param acknowledged What arrives, in bit/s.
   */
  decreased(acknowledged: number | undefined, now: number): void {
    const isFalse =
      now - this.#raisedAt < FALSE_RAISE_TIME && (acknowledged ?? 0) < this.#raisedTo * FALSE_RAISE_SHARE;
    if (isFalse) {
      // A shaper that lets bursts through, say: probes go on to promise too much there.
      this.#interval = Math.min(this.#interval * 2, MAX_INTERVAL);
      this.#raisedAt = -Infinity;
    }
    this.#end(now + this.#interval);
  }

  #factor(isApplicationLimited: boolean): number {
    if (!this.#started) return FIRST_FACTOR;
    return isApplicationLimited || this.#isChain ? FACTOR : SATURATED_FACTOR;
  }

  #end(dueAt: number): void {
    this.#cluster = undefined;
    this.#isChain = false;
    this.#dueAt = dueAt;
  }
}
