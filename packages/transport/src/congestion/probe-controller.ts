import { ProbeCluster, type ProbeResult } from './probe-cluster.js';

/** The first probe tries this multiple of the estimate, later ones that. */
const FIRST_FACTOR = 3;
const FACTOR = 2;
/** The same where the application already sends all that it may. */
const SATURATED_FACTOR = 1.5;

/** A probe lasts so many milliseconds, more if that is less than so many bytes. */
const DURATION = 15;
const MIN_BYTES = 1200;

/** Milliseconds between the pieces of a probe. */
const PIECE_INTERVAL = 3;

/** Milliseconds beyond its duration after which a probe that was not sent is given up. */
const SEND_TIMEOUT = 50;

/** Milliseconds after which a probe that did not arrive has failed. */
const TIMEOUT = 1000;

/** A probe that showed more than this share of its rate, and raised the estimate, is followed by the next at once. */
const SUCCESS = 0.7;

/** Milliseconds between probes, and after a decrease. */
const INTERVAL = 4000;
const MAX_INTERVAL = 16_000;

/** An overuse so many milliseconds after a raise, with less than this share of it arriving, shows that it was wrong. */
const FALSE_RAISE_TIME = 3000;
const FALSE_RAISE_SHARE = 0.75;

/** Nothing is probed for a gain smaller than this. */
const MIN_GAIN = 1.05;

const NONE = 0;

/**
 * Decides when to try whether the path carries more than the estimate: a chain of probes, each at twice the rate of the
 * one before, at the start, and later every few seconds as long as the application wants more.
 *
 * For a few milliseconds everything is sent at the rate of the probe: what media leaves of it is to be filled with padding.
 * So other traffic on the path shows, which an additional burst would hide.
 */
export class ProbeController {
  #cluster: ProbeCluster | undefined;
  #lastId = NONE;
  #started = false;
  /** The probe before came near to its rate, and so raised the estimate that the next follows at once. */
  #succeeded = false;
  #isChain = false;
  /** The cluster that is being sent. */
  #sending = NONE;
  #sendUntil = 0;
  #deadline = Infinity;
  #dueAt = -Infinity;
  #timeoutAt = Infinity;
  #interval = INTERVAL;
  /** The latest raise, until it is known whether it was right. */
  #raise: { at: number; bitrate: number } | undefined;

  /** The cluster, 1–255, that packets sent now belong to; 0 if none. */
  get sending(): number {
    return this.#sending;
  }

  /** When the next piece of a probe is due, in milliseconds; Infinity if none is being sent. */
  get deadline(): number {
    return this.#deadline;
  }

  /**
   * Whether a probe should begin now.
   *
   * @param wanted What the application could use, in bit/s.
   */
  isDue(wanted: number, estimate: number, now: number): boolean {
    if (this.#cluster !== undefined && now >= this.#timeoutAt) this.#end(now + this.#interval);
    if (this.#raise !== undefined && now - this.#raise.at > FALSE_RAISE_TIME) {
      this.#raise = undefined;
      this.#interval = INTERVAL;
    }
    return this.#cluster === undefined && now >= this.#dueAt && wanted >= estimate * MIN_GAIN;
  }

  /**
   * When `isDue` may say so if nothing else changes; Infinity if the application has no use for more.
   *
   * @param wanted As for `isDue`.
   */
  nextDue(wanted: number, estimate: number): number {
    if (wanted < estimate * MIN_GAIN) return Infinity;
    return this.#cluster === undefined ? this.#dueAt : this.#timeoutAt;
  }

  /** Begins a probe: packets sent from now on belong to it until all of it is sent. */
  begin(wanted: number, estimate: number, isApplicationLimited: boolean, now: number): void {
    const bitrate = Math.min(wanted, estimate * this.#factor(isApplicationLimited));
    const bytes = Math.max(MIN_BYTES, Math.ceil((bitrate * DURATION) / 8000));
    this.#lastId = (this.#lastId % 255) + 1;
    this.#started = true;
    this.#sending = this.#lastId;
    this.#cluster = new ProbeCluster({ id: this.#lastId, bitrate, bytes, startedAt: now });
    this.#sendUntil = now + this.#cluster.duration + SEND_TIMEOUT;
    this.#timeoutAt = now + TIMEOUT;
  }

  /** Bytes to send now beside what was sent since the probe began; 0 if no probe is being sent. */
  due(now: number): number {
    if (this.#cluster === undefined || this.#sending === NONE) return 0;
    if (now > this.#sendUntil) this.#endSending();
    else this.#deadline = now + PIECE_INTERVAL;
    return this.#sending === NONE ? 0 : this.#cluster.due(now);
  }

  /** A packet of the cluster being sent was sent. */
  sent(bytes: number): void {
    if (this.#cluster === undefined) return;
    this.#cluster.sent(bytes);
    if (this.#cluster.left === 0) this.#endSending();
  }

  /** A packet of a cluster arrived; the times are in milliseconds, each on a clock of its own. */
  receive(cluster: number, bytes: number, sentAt: number, arrival: number): void {
    if (cluster === this.#cluster?.id) this.#cluster.receive(bytes, sentAt, arrival);
  }

  /** What the current probe showed, once; undefined if nothing. */
  takeResult(now: number): ProbeResult | undefined {
    const cluster = this.#cluster;
    const result = cluster?.result();
    if (cluster === undefined || result === undefined) return undefined;
    this.#end(now + this.#interval);
    this.#succeeded = result.bitrate > cluster.bitrate * SUCCESS;
    return result;
  }

  /** The estimate was raised without a probe. */
  skipped(bitrate: number, now: number): void {
    this.#end(now + this.#interval);
    this.#raise = { at: now, bitrate };
  }

  /** The estimate was raised by the latest result. */
  raised(bitrate: number, now: number): void {
    if (this.#succeeded) {
      this.#isChain = true;
      this.#dueAt = now;
    }
    this.#raise = { at: now, bitrate };
  }

  /**
   * The estimate was decreased.
   *
   * @param acknowledged What arrives, in bit/s; undefined where that tells nothing of the path.
   */
  decreased(acknowledged: number | undefined, now: number): void {
    const raise = this.#raise;
    this.#raise = undefined;
    // Traffic that comes and goes, or a shaper that lets bursts through: probes go on to promise too much there.
    const isFalse =
      raise !== undefined && acknowledged !== undefined && acknowledged < raise.bitrate * FALSE_RAISE_SHARE;
    if (isFalse) this.#interval = Math.min(this.#interval * 2, MAX_INTERVAL);
    this.#end(now + this.#interval);
  }

  #factor(isApplicationLimited: boolean): number {
    if (!this.#started) return FIRST_FACTOR;
    return isApplicationLimited || this.#isChain ? FACTOR : SATURATED_FACTOR;
  }

  #endSending(): void {
    this.#sending = NONE;
    this.#deadline = Infinity;
  }

  #end(dueAt: number): void {
    this.#cluster = undefined;
    this.#isChain = false;
    this.#dueAt = dueAt;
    this.#endSending();
  }
}
