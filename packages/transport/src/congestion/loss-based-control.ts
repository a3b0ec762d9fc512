/** A window of packets that loss is judged by has so many packets and takes so many milliseconds at least. */
const MIN_PACKETS = 40;
const MIN_DURATION = 200;

/** Loss beyond what the path always loses that is taken as nothing, and beyond which the rate is cut. */
const LOW_LOSS = 0.02;
const HIGH_LOSS = 0.1;

/** Milliseconds of waiting in queues above which loss is no accident. */
const QUEUE_FILLS = 15;

/** A path that is thought to always lose more than this is still taken as congested. */
const MAX_INHERENT_LOSS = 0.2;

/** Share of the way to a lower inherent loss that one window goes. */
const INHERENT_DECAY = 0.3;

/** Milliseconds, beside a round trip, after which a cut shows in the feedback. */
const CUT_SETTLES = 200;

/**
 * Limits the rate by loss, which alone tells of congestion where queues are short.
 *
 * A radio link loses packets whatever the rate, and slowing down does not help there. So a loss that stays after a cut,
 * while queues are empty, is taken as the path's own, and only loss beyond it counts.
 */
export class LossBasedControl {
  #received = 0;
  #lost = 0;
  #queueDelay = Infinity;
  #windowStart: number | undefined;
  /** What is told before was sent before the last cut. */
  #ignoredUntil = -Infinity;
  #lossBeforeCut: number | undefined;
  #inherent = 0;
  #ratio = 0;
  #holds = false;

  /** Share of packets lost, 0–1, in the latest window. */
  get ratio(): number {
    return this.#ratio;
  }

  /** Share of packets, 0–1, that the path loses whatever the rate. */
  get inherent(): number {
    return this.#inherent;
  }

  /** Whether the rate should not grow. */
  get holds(): boolean {
    return this.#holds;
  }

  /**
   * Takes the counts of one feedback.
   *
   * @param queueDelay Milliseconds that packets waited in queues.
   * @param rtt Milliseconds.
   * @returns what to multiply the rate by: less than 1 if too much is lost.
   */
  update(received: number, lost: number, queueDelay: number, rtt: number, now: number): number {
    if (now < this.#ignoredUntil) return 1;
    this.#windowStart ??= now;
    this.#received += received;
    this.#lost += lost;
    this.#queueDelay = Math.min(this.#queueDelay, queueDelay);
    const isComplete =
      this.#received + this.#lost >= MIN_PACKETS && now - this.#windowStart >= Math.max(MIN_DURATION, rtt);
    return isComplete ? this.#endWindow(rtt, now) : 1;
  }

  #endWindow(rtt: number, now: number): number {
    const packets = this.#received + this.#lost;
    const ratio = this.#lost / packets;
    const queueFills = this.#queueDelay > QUEUE_FILLS;
    this.#ratio = ratio;
    this.#learnInherent(ratio, queueFills);
    const excess = Math.max(0, (ratio - this.#inherent) / (1 - this.#inherent));
    this.#holds = excess > HIGH_LOSS || (excess > LOW_LOSS && queueFills);
    this.#windowStart = now;
    this.#received = 0;
    this.#lost = 0;
    this.#queueDelay = Infinity;
    // A standard deviation is conceded to chance, which is large in a small window.
    if (excess - Math.sqrt((ratio * (1 - ratio)) / packets) <= HIGH_LOSS) return 1;
    this.#lossBeforeCut = ratio;
    this.#ignoredUntil = now + rtt + CUT_SETTLES;
    this.#windowStart = undefined;
    return 1 - excess;
  }

  #learnInherent(ratio: number, queueFills: boolean): void {
    const before = this.#lossBeforeCut;
    this.#lossBeforeCut = undefined;
    if (before !== undefined && !queueFills && ratio > before / 2) {
      this.#inherent = Math.min(ratio, before, MAX_INHERENT_LOSS);
    } else if (ratio < this.#inherent) {
      this.#inherent += (ratio - this.#inherent) * INHERENT_DECAY;
    }
  }
}
