import type { TrackKind } from './types.js';

/** How well media gets through to and from a participant. */
export type ConnectionQuality = 'excellent' | 'good' | 'poor' | 'lost';

const MAX_SCORE = 100;
/** A score above each is at least that quality. */
const QUALITIES: readonly (readonly [score: number, quality: ConnectionQuality])[] = [
  [80, 'excellent'],
  [40, 'good'],
  [20, 'poor'],
];
/** What one percent of lost packets costs: opus conceals and repairs some by itself. */
const LOSS_WEIGHTS: Readonly<Record<TrackKind, number>> = { audio: 8 / 1.5, video: 10 };
/** Weight of the newest score: bad news counts at once, good ones are waited for. */
const RISE = 0.4;
const FALL = 0.8;
/** Range of mean opinion scores. */
const MOS = { min: 1, max: 4.5 };

/**
 * How good one track sounds or looks, 0 to 100, by a simplified E-model (ITU-T G.107): delay and loss take from the best.
 *
 * @param lossRatio 0 to 1.
 * @param rtt Milliseconds.
 */
export function trackScore(kind: TrackKind, lossRatio: number, rtt: number): number {
  const delay = rtt / 2;
  const delayCost = delay > 160 ? (delay - 120) / 10 : delay / 40;
  return Math.max(0, MAX_SCORE - delayCost - lossRatio * 100 * LOSS_WEIGHTS[kind]);
}

/** The loss of one stream from one look at its counters to the next. */
export class LossMeter {
  #lost: number | undefined;
  #highest = 0;

  /**
   * @param lost Packets lost since the start.
   * @param highest The highest sequence number, with its wraps.
   * @returns the share lost, 0 to 1; undefined when there was nothing to lose.
   */
  update(lost: number, highest: number): number | undefined {
    const expected = (highest - this.#highest) >>> 0;
    const lostSince = lost - (this.#lost ?? lost);
    const isFirst = this.#lost === undefined;
    this.#lost = lost;
    this.#highest = highest;
    if (isFirst || expected === 0 || expected > 0x7fff_ffff) return undefined;
    return Math.min(1, Math.max(0, lostSince / expected));
  }
}

/** The quality of one participant's connection over time: that of its worst track, smoothed. */
export class QualityMeter {
  #score = MAX_SCORE;
  #isLost = false;

  get quality(): ConnectionQuality {
    if (this.#isLost) return 'lost';
    return QUALITIES.find(([score]) => this.#score > score)?.[1] ?? 'lost';
  }

  /** Mean opinion score, 1 to 4.5. */
  get score(): number {
    return this.#isLost ? MOS.min : MOS.min + ((MOS.max - MOS.min) * this.#score) / MAX_SCORE;
  }

  /**
   * @param score Of the worst track, 0 to 100; undefined when no media went either way.
   * @param isLost Whether nothing gets through at all.
   * @returns whether the quality is another one.
   */
  update(score: number | undefined, isLost: boolean): boolean {
    const before = this.quality;
    this.#isLost = isLost;
    if (score !== undefined) this.#score += (score - this.#score) * (score < this.#score ? FALL : RISE);
    return this.quality !== before;
  }
}
