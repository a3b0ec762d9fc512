/** What is known of a packet. */
export const Delivery = {
  /** No feedback told of it. */
  UNREPORTED: 0,
  /** Feedback told that it had not arrived. */
  MISSING: 1,
  RECEIVED: 2,
} as const;

export type Delivery = (typeof Delivery)[keyof typeof Delivery];

const MIN_CAPACITY = 256;
const MAX_CAPACITY = 8192;

/** For so long, in milliseconds, a packet is remembered if there is room to grow. */
const MAX_AGE = 1000;

const NONE = -1;

/**
 * The packets sent to one transport, by transport-wide sequence number, until its feedback tells what became of them.
 *
 * Remembers what was sent within the last second, 256 packets at least and 8192 at most. Packets are counted under numbers
 * that do not wrap; the sequence number is the lower 16 bits.
 */
export class SendHistory {
  #mask = MIN_CAPACITY - 1;
  #sentAt = new Float64Array(MIN_CAPACITY);
  #bytes = new Uint16Array(MIN_CAPACITY);
  #probes = new Uint8Array(MIN_CAPACITY);
  #states = new Uint8Array(MIN_CAPACITY);
  #next = 0;
  /** All packets before this one are settled. */
  #settled = 0;
  /** All packets before this one were told of, or passed over. */
  #reported = 0;

  /** Packets that are remembered at most, for now. */
  get capacity(): number {
    return this.#mask + 1;
  }

  /**
   * Takes note of a packet that is being sent.
   *
   * @param probe The probe it belongs to, 1–255; 0 if none.
   * @returns its transport-wide sequence number.
   */
  sent(bytes: number, now: number, probe: number): number {
    if (this.#next - this.#settled > this.#mask) this.#makeRoom(now);
    const sequence = this.#next & 0xffff;
    const index = this.#next & this.#mask;
    this.#sentAt[index] = now;
    this.#bytes[index] = bytes;
    this.#probes[index] = probe;
    this.#states[index] = Delivery.UNREPORTED;
    this.#next++;
    return sequence;
  }

  /** The number of the oldest packet not settled. */
  get oldest(): number {
    return this.#settled;
  }

  /** Whether every packet is settled. */
  get isEmpty(): boolean {
    return this.#settled === this.#next;
  }

  /** The number of a packet, for the accessors below; -1 if it was not sent or is settled. */
  find(sequence: number): number {
    const last = this.#next - 1;
    const packet = last - ((last - sequence) & 0xffff);
    return packet < this.#settled ? NONE : packet;
  }

  /** When it was sent, in milliseconds. */
  sentAt(packet: number): number {
    return this.#sentAt[packet & this.#mask]!;
  }

  bytes(packet: number): number {
    return this.#bytes[packet & this.#mask]!;
  }

  /** The probe it belongs to; 0 if none. */
  probe(packet: number): number {
    return this.#probes[packet & this.#mask]!;
  }

  /** Returns false if the packet was known to be received. */
  markReceived(packet: number): boolean {
    const index = packet & this.#mask;
    if (this.#states[index] === Delivery.RECEIVED) return false;
    this.#states[index] = Delivery.RECEIVED;
    return true;
  }

  /**
   * The receiver tells of `count` packets from `sequence` on: those that it does not name as received are missing so far.
   * Each packet is looked at once, however often it is told of.
   */
  markReported(sequence: number, count: number): void {
    const last = this.#next - 1;
    const first = last - ((last - sequence) & 0xffff);
    const end = Math.min(first + count, this.#next);
    for (let packet = Math.max(first, this.#settled, this.#reported); packet < end; packet++) {
      const index = packet & this.#mask;
      if (this.#states[index] === Delivery.UNREPORTED) this.#states[index] = Delivery.MISSING;
    }
    this.#reported = Math.max(this.#reported, end);
  }

  /** Forgets the oldest packet, though `sentAt` and `bytes` of it stay until the next is sent. */
  settleOldest(): Delivery {
    const state = this.#states[this.#settled & this.#mask];
    this.#settled++;
    if (state === Delivery.RECEIVED) return Delivery.RECEIVED;
    return state === Delivery.MISSING ? Delivery.MISSING : Delivery.UNREPORTED;
  }

  /** Forgets the oldest packet, or grows if that one is young. */
  #makeRoom(now: number): void {
    if (this.capacity === MAX_CAPACITY || now - this.sentAt(this.#settled) > MAX_AGE) {
      this.#settled++;
      return;
    }
    const capacity = this.capacity * 2;
    const old = { mask: this.#mask, sentAt: this.#sentAt, bytes: this.#bytes, probes: this.#probes };
    const states = this.#states;
    this.#mask = capacity - 1;
    this.#sentAt = new Float64Array(capacity);
    this.#bytes = new Uint16Array(capacity);
    this.#probes = new Uint8Array(capacity);
    this.#states = new Uint8Array(capacity);
    for (let packet = this.#settled; packet < this.#next; packet++) {
      const from = packet & old.mask;
      const to = packet & this.#mask;
      this.#sentAt[to] = old.sentAt[from]!;
      this.#bytes[to] = old.bytes[from]!;
      this.#probes[to] = old.probes[from]!;
      this.#states[to] = states[from]!;
    }
  }
}
