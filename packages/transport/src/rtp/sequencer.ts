import { sequenceDiff } from '@parley/rtp';

/** Packets remembered: two seconds of 250 packets a second. A power of two. */
const CAPACITY = 512;
const MASK = CAPACITY - 1;

const MAX_RETRANSMISSIONS = 3;

/** In `#retransmissions`: no packet had this number. */
const EMPTY = 255;

const NONE = -1;
const DEFAULT_RTT = 100;

/**
 * Maps the sequence numbers one subscriber sees back to the publisher's, so that its NACKs find the packet.
 *
 * A packet is sent again three times at most, and not twice within a round trip, however often it is asked for.
 */
export class Sequencer {
  readonly #sources = new Uint16Array(CAPACITY);
  readonly #retransmissions = new Uint8Array(CAPACITY).fill(EMPTY);
  /** When each was last sent again, in milliseconds modulo 2³². */
  readonly #retransmittedAt = new Uint32Array(CAPACITY);
  #newest = NONE;
  #rtt = DEFAULT_RTT;

  /** @param rtt Round-trip time to the subscriber, in milliseconds. */
  setRtt(rtt: number): void {
    this.#rtt = rtt;
  }

  /** Takes note of a packet sent as `outgoing` that the publisher sent as `source`. */
  record(outgoing: number, source: number): void {
    const distance = this.#newest === NONE ? 1 : sequenceDiff(outgoing, this.#newest);
    const jump = Math.abs(distance) >= CAPACITY;
    if (jump) this.#retransmissions.fill(EMPTY);
    else for (let i = 1; i < distance; i++) this.#retransmissions[(outgoing - i) & MASK] = EMPTY;
    if (jump || distance > 0) this.#newest = outgoing;
    this.#sources[outgoing & MASK] = source;
    this.#retransmissions[outgoing & MASK] = 0;
  }

  /**
   * Asks to send a packet again.
   *
   * @returns the publisher's sequence number, and the retransmission counts as made; -1 if there is none to make.
   */
  retransmit(outgoing: number, now: number): number {
    const index = outgoing & MASK;
    const distance = sequenceDiff(outgoing, this.#newest);
    if (this.#newest === NONE || distance > 0 || distance <= -CAPACITY) return NONE;
    const made = this.#retransmissions[index]!;
    // Also when the place is empty.
    if (made >= MAX_RETRANSMISSIONS) return NONE;
    const time = Math.floor(now) >>> 0;
    if (made > 0 && (time - this.#retransmittedAt[index]!) >>> 0 < this.#rtt) return NONE;
    this.#retransmissions[index] = made + 1;
    this.#retransmittedAt[index] = time;
    return this.#sources[index]!;
  }

  /** The retransmission that was asked for last was not made after all: it does not count, and may be asked for at once. */
  giveBack(outgoing: number): void {
    const index = outgoing & MASK;
    const made = this.#retransmissions[index]!;
    if (made === 0 || made === EMPTY) return;
    this.#retransmissions[index] = made - 1;
    this.#retransmittedAt[index] = this.#retransmittedAt[index]! - this.#rtt;
  }

  /** Forgets all packets: after the source was switched, older ones cannot be made again. */
  clear(): void {
    this.#retransmissions.fill(EMPTY);
    this.#newest = NONE;
  }
}
