import type { Sack } from './sack-chunk.js';
import { unwrap32 } from './tsn.js';

/** Which TSNs arrived, and when to tell the peer (RFC 9260 section 6.2). The data itself is with Reassembly. */

/** A SACK waits this long for a second packet, in milliseconds (the RFC allows 500 and advises 200). */
const SACK_DELAY = 100;
/** How far a TSN may be ahead of the cumulative one: bounds what can wait for a gap to close. */
const MAX_AHEAD = 16_384;
const MAX_DUPLICATES = 16;

interface Block {
  first: number;
  last: number;
}

export class ReceiveQueue {
  #cumulativeTsn: number;
  /** What arrived above the cumulative TSN: ascending, apart by at least one. */
  readonly #blocks: Block[] = [];
  readonly #duplicates: number[] = [];
  /** Packets with data since the last SACK. */
  #packets = 0;
  #immediate = false;
  #deadline = Infinity;

  constructor(peerInitialTsn: number) {
    this.#cumulativeTsn = peerInitialTsn - 1;
  }

  /** The last TSN up to which everything arrived. */
  get cumulativeTsn(): number {
    return this.#cumulativeTsn;
  }

  /** The highest TSN that arrived. */
  get highestTsn(): number {
    return this.#blocks.at(-1)?.last ?? this.#cumulativeTsn;
  }

  /** When the SACK must go out; Infinity when there is nothing to say. */
  get deadline(): number {
    return this.#deadline;
  }

  unwrap(tsn: number): number {
    return unwrap32(tsn, this.#cumulativeTsn);
  }

  /** Whether a DATA chunk with this TSN brings something new and is within reach. Notes duplicates. */
  accepts(tsn: number): boolean {
    if (tsn > this.#cumulativeTsn + MAX_AHEAD) return false;
    if (tsn > this.#cumulativeTsn && !this.#includes(tsn)) return true;
    this.#immediate = true;
    if (this.#duplicates.length < MAX_DUPLICATES) this.#duplicates.push(tsn >>> 0);
    return false;
  }

  /** Notes the arrival of an accepted TSN. */
  add(tsn: number): void {
    if (tsn === this.#cumulativeTsn + 1 && this.#blocks.length === 0) {
      this.#cumulativeTsn = tsn;
      return;
    }
    this.#immediate = true;
    const index = this.#firstBlockEndingAtOrAfter(tsn - 1);
    const block = this.#blocks[index];
    if (block?.last === tsn - 1) {
      block.last = tsn;
      const next = this.#blocks[index + 1];
      if (next?.first === tsn + 1) {
        block.last = next.last;
        this.#blocks.splice(index + 1, 1);
      }
    } else if (block?.first === tsn + 1) {
      block.first = tsn;
    } else {
      this.#blocks.splice(index, 0, { first: tsn, last: tsn });
    }
    this.#absorb();
  }

  /** The peer gave up on everything up to `tsn` (RFC 3758 section 3.6). */
  forward(tsn: number): void {
    this.#immediate = true;
    if (tsn <= this.#cumulativeTsn) return;
    this.#cumulativeTsn = tsn;
    this.#absorb();
  }

  /** A packet with DATA was dealt with: decides when its SACK is due. */
  onPacket(now: number, immediate: boolean): void {
    this.#packets++;
    if (immediate || this.#immediate || this.#packets >= 2) this.#deadline = now;
    else if (this.#deadline === Infinity) this.#deadline = now + SACK_DELAY;
  }

  /** The SACK to send now; the caller is about to send it. */
  takeSack(window: number): { sack: Sack; duplicates: readonly number[] } {
    const gaps: number[] = [];
    for (const { first, last } of this.#blocks) {
      gaps.push(first - this.#cumulativeTsn, last - this.#cumulativeTsn);
    }
    this.#packets = 0;
    this.#immediate = false;
    this.#deadline = Infinity;
    const duplicates = this.#duplicates.splice(0);
    return { sack: { cumulativeTsn: this.#cumulativeTsn >>> 0, window, gaps }, duplicates };
  }

  #includes(tsn: number): boolean {
    const block = this.#blocks[this.#firstBlockEndingAtOrAfter(tsn)];
    return block !== undefined && block.first <= tsn;
  }

  #firstBlockEndingAtOrAfter(tsn: number): number {
    let low = 0;
    let high = this.#blocks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#blocks[middle]!.last < tsn) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Moves the cumulative TSN over the blocks that it reaches. */
  #absorb(): void {
    let reached = 0;
    for (const block of this.#blocks) {
      if (block.first > this.#cumulativeTsn + 1) break;
      this.#cumulativeTsn = Math.max(this.#cumulativeTsn, block.last);
      reached++;
    }
    if (reached > 0) this.#blocks.splice(0, reached);
  }
}
