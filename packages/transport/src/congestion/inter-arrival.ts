/** Packets sent within so many milliseconds are one group: a burst of the pacer says nothing about the network. */
const GROUP_DURATION = 5;

/** Packets that arrive within so many milliseconds of each other, closer than they were sent, were held up together. */
const BURST_GAP = 5;

/** A group does not grow longer than this by packets held up together. */
const MAX_BURST_DURATION = 100;

/**
 * Gathers packets into groups by the time they were sent, so that one sample of delay stands for each burst
 * (draft-ietf-rmcat-gcc-02 section 5.2).
 */
export class InterArrival {
  /** When the last packet of the latest complete group was sent, and when it arrived, in milliseconds. */
  sentAt = 0;
  arrival = 0;
  #firstSentAt = -Infinity;
  #lastSentAt = -Infinity;
  #firstArrival = 0;
  #lastArrival = 0;

  /**
   * Takes a packet that arrived. The clock of `arrival` need not be that of `sentAt`.
   *
   * @returns whether a group got complete by it: see `sentAt` and `arrival`.
   */
  add(sentAt: number, arrival: number): boolean {
    // It was told late: its group is long complete.
    if (sentAt < this.#firstSentAt) return false;
    if (this.#belongsToGroup(sentAt, arrival)) {
      this.#lastSentAt = Math.max(this.#lastSentAt, sentAt);
      this.#lastArrival = Math.max(this.#lastArrival, arrival);
      return false;
    }
    const isFirst = this.#firstSentAt === -Infinity;
    this.sentAt = this.#lastSentAt;
    this.arrival = this.#lastArrival;
    this.#firstSentAt = this.#lastSentAt = sentAt;
    this.#firstArrival = this.#lastArrival = arrival;
    return !isFirst;
  }

  #belongsToGroup(sentAt: number, arrival: number): boolean {
    if (sentAt - this.#firstSentAt <= GROUP_DURATION) return true;
    const gap = arrival - this.#lastArrival;
    return (
      gap <= BURST_GAP && gap < sentAt - this.#lastSentAt && arrival - this.#firstArrival < MAX_BURST_DURATION
    );
  }
}
