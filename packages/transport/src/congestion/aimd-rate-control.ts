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
const PACKET_BITS = 9600;
const MIN_GROWTH_SHARE = 0.02;
/** Milliseconds that it takes, beside a round trip, until feedback shows what a change did. */
const RESPONSE = 100;

/** Shares of the capacity between which the rate is near to it. */
const NEAR = 0.85;
const BEYOND = 1.1;
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

  constructor(options: AimdRateControlOptions) {
    this.#options = options;
    this.#bitrate = this.#clamp(options.startBitrate);
  }

  /** bit/s. */
  get bitrate(): number {
    return this.#bitrate;
  }

  get state(): RateControlState {
    return this.#state;
  }

  /** Takes the signals after a feedback. Returns whether the rate was decreased. */
  update(signals: RateSignals, now: number): boolean {
    const elapsed = Math.min(now - (this.#lastUpdate ?? now), MAX_ELAPSED);
    this.#lastUpdate = now;
    if (signals.usage === 'overuse') return this.#decrease(signals, now);
    if (signals.usage === 'underuse' || signals.holds) this.#state = 'hold';
    else if (this.#state === 'decrease') this.#state = 'hold';
    else this.#state = 'increase';
    if (this.#state === 'increase') this.#increase(signals, elapsed);
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
   * Multiplies the rate, because of loss or silence.
   *
   * @param acknowledged What arrives, in bit/s: near to it the rate grows slowly.
   */
  scale(factor: number, acknowledged: number | undefined, now: number): void {
    this.#learnCapacity(acknowledged);
    this.#bitrate = this.#clamp(this.#bitrate * factor);
    this.#state = 'decrease';
    this.#lastDecrease = now;
  }

  #increase({ acknowledged, acknowledgedLong, rtt }: RateSignals, elapsed: number): void {
    const arriving = Math.max(acknowledged ?? 0, acknowledgedLong ?? 0);
    if (this.#capacity !== undefined && arriving > this.#capacity * BEYOND) this.#capacity = undefined;
    const isNear = this.#capacity !== undefined && this.#bitrate > this.#capacity * NEAR;
    const grown = isNear
      ? this.#bitrate +
        (Math.max((PACKET_BITS * 1000) / (rtt + RESPONSE), this.#bitrate * MIN_GROWTH_SHARE) * elapsed) / 1000
      : this.#bitrate * GROWTH ** (elapsed / 1000);
    const limit = arriving === 0 ? Infinity : arriving * MAX_LEAD + MAX_LEAD_BITRATE;
    this.#bitrate = this.#clamp(Math.max(this.#bitrate, Math.min(grown, limit)));
  }

  #decrease({ acknowledged, isApplicationLimited, rtt }: RateSignals, now: number): boolean {
    if (now - this.#lastDecrease < rtt + RESPONSE) return false;
    const arriving = acknowledged ?? this.#bitrate;
    // Little arrives if little is sent: the path need not be as narrow as that.
    const floor = isApplicationLimited ? this.#bitrate * MAX_BLIND_DROP : 0;
    if (!isApplicationLimited) this.#learnCapacity(acknowledged);
    this.#bitrate = this.#clamp(Math.min(this.#bitrate, Math.max(arriving * BACK_OFF, floor)));
    this.#state = 'decrease';
    this.#lastDecrease = now;
    return true;
  }

  #learnCapacity(acknowledged: number | undefined): void {
    if (acknowledged === undefined) return;
    const capacity = this.#capacity ?? acknowledged;
    const isFar = acknowledged < capacity * NEAR || acknowledged > capacity * BEYOND;
    this.#capacity = isFar ? acknowledged : capacity + (acknowledged - capacity) * CAPACITY_WEIGHT;
  }

  #clamp(bitrate: number): number {
    return Math.min(Math.max(bitrate, this.#options.minBitrate), this.#options.maxBitrate);
  }
}
