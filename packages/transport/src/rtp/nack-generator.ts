import { createCounters } from '@parley/core';
import { sequenceDiff } from '@parley/rtp';
import { nackMetrics, type NackCounters } from './nack-metrics.js';

export interface NackObserver {
  /** So much is missing that asking for each packet makes no sense: only a key frame helps. */
  onKeyFrameNeeded(): void;
}

/** Sequence numbers looked back upon; a power of two. */
const WINDOW = 1024;
const MASK = WINDOW - 1;

const MAX_MISSING = 1000;

/** For so long, in milliseconds, a packet may be overtaken by others before it is asked for. */
const REORDER_TOLERANCE = 10;

const MAX_TRIES = 10;
const MAX_AGE = 1000;

/** Bounds of the time between two requests for the same packet, in milliseconds. */
const MIN_RETRY = 20;
const MAX_RETRY = 500;
const DEFAULT_RETRY = 100;

const NONE = -1;

/**
 * Tells which packets of a received video stream to ask for again (RFC 4585 section 6.2.1).
 *
 * A missing packet is asked for when it has not come within 10 ms of the gap being seen, then once per round trip, at most
 * ten times and for a second. Packets missing before a key frame are forgotten when it comes.
 */
export class NackGenerator {
  readonly counters: Readonly<NackCounters>;
  readonly #counters: NackCounters;
  readonly #observer: NackObserver;
  /** By sequence number modulo `WINDOW`: 0 if the packet is not missing, else 1 + the times it was asked for. */
  readonly #tries = new Uint8Array(WINDOW);
  readonly #missingSince = new Float64Array(WINDOW);
  readonly #dueAt = new Float64Array(WINDOW);
  #highest = NONE;
  /** Nothing older is missing. */
  #oldest = 0;
  #missing = 0;
  #deadline = Infinity;
  #retry = DEFAULT_RETRY;

  /** @param counters What is counted together with other streams. Default counters of its own. */
  constructor(observer: NackObserver, counters: NackCounters = createCounters(nackMetrics)) {
    this.counters = this.#counters = counters;
    this.#observer = observer;
  }

  /** When `poll` has something to say; Infinity if nothing is missing. */
  get deadline(): number {
    return this.#deadline;
  }

  /** How many packets are being waited for. */
  get missing(): number {
    return this.#missing;
  }

  /** @param rtt Round-trip time to the sender, in milliseconds. */
  setRtt(rtt: number): void {
    this.#retry = Math.min(Math.max(rtt, MIN_RETRY), MAX_RETRY);
  }

  /**
   * Takes note of a packet. One far from the others starts the numbering anew: strays, which `ReceiveStatistics` tells, must
   * not be given.
   *
   * @param isRtx Whether it came as a retransmission; `sequence` is the original one then.
   * @returns whether the packet is the newest or fills a gap; false for one that nobody waits for any more.
   */
  receive(sequence: number, now: number, isRtx: boolean): boolean {
    if (this.#highest === NONE) {
      this.#highest = sequence;
      return true;
    }
    const distance = sequenceDiff(sequence, this.#highest);
    const isJump = Math.abs(distance) >= WINDOW;
    if (isJump && isRtx) return false;
    if (!isJump && distance <= 0) return this.#fill(sequence, isRtx);
    if (!isJump) {
      this.#forgetBefore(sequence - WINDOW + 1);
      if (distance > 1) this.#addGap(sequence, now);
    }
    this.#highest = sequence;
    if (isJump || this.#missing > MAX_MISSING) {
      this.#clear();
      this.#observer.onKeyFrameNeeded();
    }
    return true;
  }

  /** A key frame begins with this packet, which was received: what is missing before it is of no use any more. */
  keyFrame(sequence: number): void {
    this.#forgetBefore(sequence);
  }

  /**
   * Lists the packets to ask for now, in ascending order.
   *
   * @param out As many as fit are written; the others stay due.
   * @returns how many were written.
   */
  poll(out: Uint16Array, now: number): number {
    if (now < this.#deadline) return 0;
    this.#deadline = Infinity;
    let count = 0;
    for (let sequence = this.#oldest; sequence !== this.#highest; sequence = (sequence + 1) & 0xffff) {
      const index = sequence & MASK;
      if (this.#tries[index] === 0) continue;
      if (this.#dueAt[index]! <= now) {
        if (this.#tries[index]! > MAX_TRIES || now - this.#missingSince[index]! >= MAX_AGE) {
          this.#giveUp(index);
          continue;
        }
        if (count === out.length) {
          this.#deadline = now;
          break;
        }
        out[count++] = sequence;
        this.#tries[index]!++;
        this.#dueAt[index] = now + this.#retry;
      }
      this.#deadline = Math.min(this.#deadline, this.#dueAt[index]!);
    }
    return count;
  }

  /** Marks everything between the highest packet so far and this one as missing. Fewer than `WINDOW` lie between. */
  #addGap(sequence: number, now: number): void {
    const first = (this.#highest + 1) & 0xffff;
    if (this.#missing === 0) this.#oldest = first;
    for (let missing = first; missing !== sequence; missing = (missing + 1) & 0xffff) {
      const index = missing & MASK;
      this.#tries[index] = 1;
      this.#missingSince[index] = now;
      this.#dueAt[index] = now + REORDER_TOLERANCE;
      this.#missing++;
    }
    this.#deadline = Math.min(this.#deadline, now + REORDER_TOLERANCE);
  }

  #fill(sequence: number, isRtx: boolean): boolean {
    const index = sequence & MASK;
    if (this.#tries[index] === 0) return false;
    this.#remove(index);
    if (isRtx) this.#counters.recovered++;
    else this.#counters.reordered++;
    return true;
  }

  /** Gives up what is missing before `sequence`. */
  #forgetBefore(sequence: number): void {
    while (this.#missing > 0 && sequenceDiff(sequence, this.#oldest) > 0) {
      const index = this.#oldest & MASK;
      if (this.#tries[index] !== 0) this.#giveUp(index);
      this.#oldest = (this.#oldest + 1) & 0xffff;
    }
  }

  #clear(): void {
    this.#counters.givenUp += this.#missing;
    this.#tries.fill(0);
    this.#missing = 0;
    this.#deadline = Infinity;
  }

  #giveUp(index: number): void {
    this.#remove(index);
    this.#counters.givenUp++;
  }

  #remove(index: number): void {
    this.#tries[index] = 0;
    if (--this.#missing === 0) this.#deadline = Infinity;
  }
}
