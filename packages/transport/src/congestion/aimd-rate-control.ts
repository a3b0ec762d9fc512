import type { BandwidthUsage } from './overuse-detector.js';

export type RateControlState = 'increase' | 'hold' | 'decrease';

export interface AimdRateControlOptions {
  readonly startBitrate: number;
  readonly minBitrate: number;
  readonly maxBitrate: number;
}

/** What the rate is decided from. */
export interface RateSignals {
  readonly usage: BandwidthUsage;
  /** What arrives, in bit/s, over a short time and over a longer one; undefined as long as it is not known. */
  readonly acknowledged: number | undefined;
  readonly acknowledgedLong: number | undefined;
  /** The application sends less than it may. */
  readonly isApplicationLimited: boolean;
  /** Loss forbids to grow. */
  readonly holds: boolean;
  /** How long packets wait in queues, in milliseconds. */
  readonly queueDelay: number;
  /** Milliseconds. */
  readonly rtt: number;
}

/** The rate after an overuse, as a share of what arrived. */
const BACK_OFF = 0.85;

/** The rate does not fall by more than this at once if what arrives says little. */
const MAX_BLIND_DROP = 0.5;

/** Growth per second far from the capacity of the path. */
const GROWTH = 1.08;

/** Growth near the capacity: a packet per response time, or this share of the rate per second if that is more. */
const STEP_BITS = 9600;
const MIN_GROWTH_SHARE = 0.005;
/** Milliseconds that it takes, beside a round trip, until feedback shows what a change did. */
const RESPONSE = 100;

/** Milliseconds that it takes, beside a round trip, until a decrease shows in the trend of the delay. */
const DECREASE_SHOWS = 200;

/** Shares of the capacity between which the rate is near to it. */
const NEAR = 0.75;
const BEYOND = 1.1;
/** Packets that wait longer than this, in milliseconds, keep the rate from growing near to the capacity. */
const QUEUE_FILLS = 30;
/** Milliseconds after which such a queue is drained, once, and after which it is taken to be of others' making. */
const DRAIN_AFTER = 1500;
const FOREIGN_AFTER = 6000;
/** Weight of the newest overuse in the capacity. */
const CAPACITY_WEIGHT = 0.3;

/** The rate does not grow beyond this multiple of what arrives, and so many bit/s. */
const MAX_LEAD = 1.5;
const MAX_LEAD_BITRATE = 10_000;

/** Growth is not made up for a longer silence than this, in milliseconds. */
const MAX_ELAPSED = 250;

/**
 * Additive increase, multiplicative decrease of the rate (draft-ietf-rmcat-gcc-02 section 5.5): after an overuse it falls
 * below what arrived, stays until queues have drained, and grows again, more slowly near where the overuse was.
 */
export class AimdRateControl {
  readonly #options: AimdRateControlOptions;
  #bitrate: number;
  #state: RateControlState = 'increase';
  /** What arrived when the path was overused. */
  #capacity: number | undefined;
  #lastUpdate: number | undefined;
  #lastDecrease = -Infinity;
  /** Since when packets have had to wait, for longer than is good. */
  #queueSince: number | undefined;
  #isDraining = false;

  constructor(options: AimdRateControlOptions) {
    this.#options = options;
    this.#bitrate = this.#clamp(options.startBitrate);
  }

  /** bit/s. */
  get bitrate(): number {
    return this.#bitrate;
  }

  /** What the path carries, in bit/s, if it was overused lately. */
  get capacity(): number | undefined {
    return this.#capacity;
  }

  get state(): RateControlState {
    return this.#state;
  }

  /** Takes the signals after a feedback. Returns whether the rate was decreased. */
  update(signals: RateSignals, now: number): boolean {
    const elapsed = Math.min(now - (this.#lastUpdate ?? now), MAX_ELAPSED);
    this.#lastUpdate = now;
    const drains = this.#watchQueue(signals.queueDelay, now);
    if (drains || signals.usage === 'overuse') return this.#decrease(signals, now);
    if (signals.usage === 'underuse' || signals.holds) this.#state = 'hold';
    else if (this.#state === 'decrease') this.#state = 'hold';
    else this.#state = 'increase';
    if (this.#state === 'increase') this.#increase(signals, elapsed, now);
    return false;
  }

  /** A probe showed that the path carries this much. */
  raise(bitrate: number): void {
    this.#bitrate = Math.max(this.#bitrate, this.#clamp(bitrate));
    if (this.#capacity !== undefined && bitrate > this.#capacity * BEYOND) this.#capacity = undefined;
  }

  /** The receiver named the bitrate. */
  set(bitrate: number): void {
    this.#bitrate = this.#clamp(bitrate);
  }

  /**
   * Multiplies the rate, because of loss, but not to less than an overuse would leave.
   *
   * @param acknowledged What arrives, in bit/s.
   */
  scale(factor: number, acknowledged: number, now: number): void {
    this.#learnCapacity(acknowledged);
    const floor = Math.min(this.#bitrate, acknowledged * BACK_OFF);
    this.#bitrate = this.#clamp(Math.max(this.#bitrate * factor, floor));
    this.#state = 'decrease';
    this.#lastDecrease = now;
  }

  /** Multiplies the rate, because nothing is known of the path. */
  decay(factor: number): void {
    this.#bitrate = this.#clamp(this.#bitrate * factor);
    this.#state = 'decrease';
  }

  /** Takes note of the queue. Returns whether to drain it now. */
  #watchQueue(queueDelay: number, now: number): boolean {
    if (queueDelay <= QUEUE_FILLS) {
      this.#queueSince = undefined;
      this.#isDraining = false;
      return false;
    }
    this.#queueSince ??= now;
    if (this.#isDraining || now - Math.max(this.#queueSince, this.#lastDecrease) < DRAIN_AFTER) return false;
    this.#isDraining = true;
    return true;
  }

  #increase(signals: RateSignals, elapsed: number, now: number): void {
    const { acknowledged, acknowledgedLong, isApplicationLimited, rtt } = signals;
    const arriving = Math.max(acknowledged ?? 0, acknowledgedLong ?? 0);
    if (this.#capacity !== undefined && (acknowledgedLong ?? 0) > this.#capacity * BEYOND) {
      this.#capacity = undefined;
    }
    const isNear = this.#capacity !== undefined && this.#bitrate > this.#capacity * NEAR;
    if (isNear && this.#queueSince !== undefined && now - this.#queueSince < FOREIGN_AFTER) {
      this.#state = 'hold';
      return;
    }
    const step = Math.max(STEP_BITS / (rtt + RESPONSE), (this.#bitrate * MIN_GROWTH_SHARE) / 1000);
    const grown = isNear ? this.#bitrate + step * elapsed : this.#bitrate * GROWTH ** (elapsed / 1000);
    const lead = arriving === 0 ? Infinity : arriving * MAX_LEAD + MAX_LEAD_BITRATE;
    // An application that sends little would never find its growth to be wrong: there only a probe leads further.
    const limit = isApplicationLimited ? Math.min(lead, this.#capacity ?? Infinity) : lead;
    this.#bitrate = this.#clamp(Math.max(this.#bitrate, Math.min(grown, limit)));
  }

  #decrease({ acknowledged, isApplicationLimited, rtt }: RateSignals, now: number): boolean {
    if (now - this.#lastDecrease < rtt + DECREASE_SHOWS) return false;
    const arriving = acknowledged ?? this.#bitrate;
    // Little arrives if little is sent: the path need not be as narrow as that.
    const floor = isApplicationLimited ? this.#bitrate * MAX_BLIND_DROP : 0;
    if (!isApplicationLimited) this.#learnCapacity(arriving);
    this.#bitrate = this.#clamp(Math.min(this.#bitrate, Math.max(arriving * BACK_OFF, floor)));
    this.#state = 'decrease';
    this.#lastDecrease = now;
    return true;
  }

  #learnCapacity(acknowledged: number): void {
    const capacity = this.#capacity ?? acknowledged;
    const isFar = acknowledged < capacity * NEAR || acknowledged > capacity * BEYOND;
    this.#capacity = isFar ? acknowledged : capacity + (acknowledged - capacity) * CAPACITY_WEIGHT;
  }

  #clamp(bitrate: number): number {
    return Math.min(Math.max(bitrate, this.#options.minBitrate), this.#options.maxBitrate);
  }
}
