/**
 * Signed distance from sequence number `b` to `a`, in -32768…32767: positive when `a` is newer (RFC 1982 arithmetic
 * on 16 bits).
 */
export function sequenceDiff(a: number, b: number): number {
  return ((a - b) << 16) >> 16;
}

/** Signed distance from RTP timestamp `b` to `a`, in -2³¹…2³¹-1: positive when `a` is later. */
export function timestampDiff(a: number, b: number): number {
  return (a - b) | 0;
}

/**
 * Extends 16-bit sequence numbers to numbers that never wrap, so that they can be compared and subtracted as they are.
 *
 * The first number is kept as it is. A number older than the first, before the first wrap, may come out negative.
 */
export class SequenceUnwrapper {
  #highest = -1;
  #started = false;

  /** The highest extended number so far; undefined before the first. */
  get highest(): number | undefined {
    return this.#started ? this.#highest : undefined;
  }

  /** The extended number of `sequence`, taken to be within 32768 of the highest one so far. */
  unwrap(sequence: number): number {
    if (!this.#started) {
      this.#started = true;
      this.#highest = sequence;
      return sequence;
    }

    const extended = this.#highest + sequenceDiff(sequence, this.#highest & 0xffff);

    if (extended > this.#highest) {
      this.#highest = extended;
    }

    return extended;
  }
}
