import { sequenceDiff } from '@parley/rtp';

/** No packet has, or gets, a number. */
export const NO_NUMBER = -1;

/**
 * A packet further from the newest one than this is no late one, and none behind a loss: the source numbers anew. Late ones
 * lie within the window of `NackGenerator`.
 */
const MAX_LATE = 1024;
const MAX_GAP = 0x1000;

/** An entry: the subscriber's number (bits 0–15), what became of the packet (16–17), whether it is marked (18). */
const NUMBER = 0xffff;
const FATE = 0x3_0000;
/** It has not come. Its number is kept for it. */
const MISSING = 0x1_0000;
const NUMBERED = 0x2_0000;
const LEFT_OUT = 0x3_0000;
const MARKED = 0x4_0000;

/**
 * The sequence numbers of one subscriber's packets, by those of the source.
 *
 * Packets that are left out take no number, so that the others follow each other without a gap. A packet that has not come
 * keeps its number, so that the subscriber sees (and asks for) what was lost on the way in. No number is given out twice:
 * where the source is another from now on, the numbers go on behind the last that was sent.
 */
export class SequenceNumberMap {
  /** By the lowest bits of the source's number. */
  readonly #entries: Uint32Array;
  readonly #mask: number;
  /** The newest of the source's numbers, and how many up to it have an entry. */
  #newest = 0;
  #known = 0;
  /** The number of the next packet. */
  #next: number;
  #lastSent: number;

  /**
   * @param capacity Packets remembered: older ones get no number any more. A power of two.
   * @param first The first number to give out.
   */
  constructor(capacity: number, first: number) {
    this.#entries = new Uint32Array(capacity);
    this.#mask = capacity - 1;
    this.#next = first;
    this.#lastSent = (first - 1) & 0xffff;
  }

  /** The next packet is this one, of another source or behind a pause: what came before gets no number any more. */
  start(sequence: number): void {
    this.#newest = (sequence - 1) & 0xffff;
    this.#known = 0;
    this.#next = (this.#lastSent + 1) & 0xffff;
  }

  /** Whether a packet is so far from the newest one that it cannot be of the same numbering. */
  isFar(sequence: number): boolean {
    const distance = sequenceDiff(sequence, this.#newest);
    return distance <= -MAX_LATE || distance > MAX_GAP;
  }

  isNewer(sequence: number): boolean {
    return sequenceDiff(sequence, this.#newest) > 0;
  }

  /**
   * Gives a number to a packet that is to be sent.
   *
   * @param isMarked Kept with it, for when it is sent again.
   * @returns `NO_NUMBER` for one from before the start, one that is too old, and one that had its turn already.
   */
  assign(sequence: number, isMarked: boolean): number {
    const fate = isMarked ? NUMBERED | MARKED : NUMBERED;
    if (sequence !== ((this.#newest + 1) & 0xffff)) {
      if (this.isNewer(sequence)) this.#advance(sequence);
      else if (!this.#isMissing(sequence)) return NO_NUMBER;
      return this.#settle(sequence, fate);
    }
    // As a rule, packets follow each other.
    const outgoing = this.#next;
    this.#entries[sequence & this.#mask] = fate | outgoing;
    this.#newest = sequence;
    if (this.#known <= this.#mask) this.#known += 1;
    this.#next = (outgoing + 1) & 0xffff;
    return outgoing;
  }

  /**
   * Leaves a packet out.
   *
   * @returns the number that was kept for it when it did not come in time: something must be sent under it, or the
   *   subscriber takes it for lost. `NO_NUMBER` as a rule.
   */
  leaveOut(sequence: number): number {
    if (!this.isNewer(sequence)) {
      return this.#isMissing(sequence) ? this.#settle(sequence, LEFT_OUT) : NO_NUMBER;
    }
    this.#advance(sequence);
    this.#settle(sequence, LEFT_OUT);
    this.#next = (this.#next - 1) & 0xffff;
    return NO_NUMBER;
  }

  /** The number that a packet got; `NO_NUMBER` where it got none, or is no longer known. */
  find(sequence: number): number {
    const entry = this.#entry(sequence);
    return (entry & FATE) === NUMBERED ? entry & NUMBER : NO_NUMBER;
  }

  /** Of a packet that `find` finds. */
  isMarked(sequence: number): boolean {
    return (this.#entry(sequence) & MARKED) !== 0;
  }

  /** A packet went out under this number, which was given to it some time before. */
  sent(outgoing: number): void {
    if (sequenceDiff(outgoing, this.#lastSent) > 0) this.#lastSent = outgoing;
  }

  #entry(sequence: number): number {
    const age = sequenceDiff(this.#newest, sequence);
    return age >= 0 && age < this.#known ? this.#entries[sequence & this.#mask]! : 0;
  }

  #isMissing(sequence: number): boolean {
    return (this.#entry(sequence) & FATE) === MISSING;
  }

  /** A packet newer than all: those between have not come, nor has it. */
  #advance(sequence: number): void {
    const distance = sequenceDiff(sequence, this.#newest);
    const capacity = this.#entries.length;
    const outgoing = this.#next + distance - 1;
    for (let behind = Math.min(distance, capacity) - 1; behind >= 0; behind--) {
      this.#entries[(sequence - behind) & this.#mask] = MISSING | ((outgoing - behind) & NUMBER);
    }
    this.#newest = sequence;
    this.#known = Math.min(this.#known + distance, capacity);
    this.#next = (outgoing + 1) & 0xffff;
  }

  /** Says what became of a packet; returns its number. */
  #settle(sequence: number, fate: number): number {
    const outgoing = this.#entries[sequence & this.#mask]! & NUMBER;
    this.#entries[sequence & this.#mask] = fate | outgoing;
    return outgoing;
  }
}
