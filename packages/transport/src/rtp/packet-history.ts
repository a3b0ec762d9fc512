import { sequenceDiff } from '@parley/rtp';

export interface PacketHistoryOptions {
  /** Packets kept at most: a power of two, up to 16,384. */
  readonly capacity: number;
  /** For how long a packet is kept, in milliseconds. */
  readonly maxAge: number;
  /** Called with the slot of every packet that leaves the history. */
  readonly release: (slot: number) => void;
}

const NONE = -1;

/** A picture stands still when nothing more came of it for so many milliseconds. */
const STILL_AFTER = 300;

/**
 * The latest packets of one published stream, from which its subscribers get retransmissions.
 *
 * A packet is known by its sequence number and stays in the slot of the wire's pool that it was received into; the history
 * keeps the slot's number and the words of the received descriptor that sending it again takes.
 *
 * From the newest key frame on packets are kept whatever their age, as long as they take no more than half of its places: a
 * publisher whose picture stands still has no other key frame to send.
 */
export class PacketHistory {
  readonly #mask: number;
  readonly #maxAge: number;
  readonly #release: (slot: number) => void;
  readonly #slots: Uint32Array;
  readonly #sequenceWords: Uint32Array;
  readonly #timestamps: Uint32Array;
  readonly #payloadWords: Uint32Array;
  readonly #dependencyWords: Uint32Array;
  readonly #arrivals: Float64Array;
  readonly #occupied: Uint8Array;
  /** The newest key frame, as long as its first packet is kept. */
  #keyFrame = NONE;
  #newest = NONE;
  /** Nothing older is kept. */
  #oldest = 0;
  #size = 0;

  constructor(options: PacketHistoryOptions) {
    const { capacity, maxAge, release } = options;
    if (capacity < 1 || capacity > 16_384 || (capacity & (capacity - 1)) !== 0) {
      throw new RangeError(`capacity ${capacity} is not a power of two up to 16384`);
    }
    this.#mask = capacity - 1;
    this.#maxAge = maxAge;
    this.#release = release;
    this.#slots = new Uint32Array(capacity);
    this.#sequenceWords = new Uint32Array(capacity);
    this.#timestamps = new Uint32Array(capacity);
    this.#payloadWords = new Uint32Array(capacity);
    this.#dependencyWords = new Uint32Array(capacity);
    this.#arrivals = new Float64Array(capacity);
    this.#occupied = new Uint8Array(capacity);
  }

  /** Packets kept. */
  get size(): number {
    return this.#size;
  }

  /** When `handleTimeout` has a packet to release; Infinity if none is kept. */
  get deadline(): number {
    return this.#size === 0 ? Infinity : this.#arrivals[this.#oldest & this.#mask]! + this.#maxAge;
  }

  /**
   * Keeps a packet.
   *
   * @param slot Its slot in the wire's pool, which belongs to the history from now on.
   * @param sequenceWord Sequence number, payload type and marker, as in `RX.SEQUENCE`.
   * @param payloadWord Offset and length of the payload, as in `RX.PAYLOAD`.
   * @param dependencyWord Likewise of the dependency descriptor; 0 without one.
   * @returns false if it is a duplicate or too old: the slot stays the caller's.
   */
  put(
    slot: number,
    sequenceWord: number,
    timestamp: number,
    payloadWord: number,
    now: number,
    dependencyWord = 0,
  ): boolean {
    const sequence = sequenceWord & 0xffff;
    const distance = this.#size === 0 ? 0 : sequenceDiff(sequence, this.#newest);
    const index = sequence & this.#mask;
    if (distance < -this.#mask) return false;
    if (this.#size === 0) this.#oldest = this.#newest = sequence;
    else if (distance > 0) this.#advance(sequence, distance);
    else if (this.#occupied[index] === 1) return false;
    else if (sequenceDiff(sequence, this.#oldest) < 0) this.#oldest = sequence;
    this.#slots[index] = slot;
    this.#sequenceWords[index] = sequenceWord;
    this.#timestamps[index] = timestamp;
    this.#payloadWords[index] = payloadWord;
    this.#dependencyWords[index] = dependencyWord;
    this.#arrivals[index] = now;
    this.#occupied[index] = 1;
    this.#size++;
    return true;
  }

  /** A key frame starts in this packet, which was just put. */
  keyFrame(sequence: number): void {
    const entry = this.find(sequence);
    if (entry < 0) return;
    // One frame may have several packets that look like the start of it, as H.264's parameter sets do.
    const isSame =
      this.#keyFrame !== NONE && this.#timestamps[this.#keyFrame & this.#mask] === this.timestamp(entry);
    if (!isSame) this.#keyFrame = sequence;
  }

  /** The newest key frame does not show what there is to be seen any more. */
  forgetKeyFrame(): void {
    this.#keyFrame = NONE;
  }

  /**
   * The first packet of the newest key frame, where the picture has stood still since; -1 where it moves, or where a packet
   * since is missing.
   */
  stillPicture(now: number): number {
    if (this.#keyFrame === NONE || now - this.#arrivals[this.#newest & this.#mask]! < STILL_AFTER)
      return NONE;
    for (let sequence = this.#keyFrame; sequence !== this.#newest; sequence = (sequence + 1) & 0xffff)
      if (this.find(sequence) < 0) return NONE;
    return this.#keyFrame;
  }

  /** Sequence number of the newest packet. */
  get newest(): number {
    return this.#newest;
  }

  /** The entry of a packet, for the accessors below, valid until the history changes; -1 if the packet is not kept. */
  find(sequence: number): number {
    const index = sequence & this.#mask;
    if (this.#occupied[index] === 0 || (this.#sequenceWords[index]! & 0xffff) !== sequence) return NONE;
    return index;
  }

  slot(entry: number): number {
    return this.#slots[entry]!;
  }

  /** Sequence number, payload type and marker, as in `RX.SEQUENCE`. */
  sequenceWord(entry: number): number {
    return this.#sequenceWords[entry]!;
  }

  timestamp(entry: number): number {
    return this.#timestamps[entry]!;
  }

  /** Offset and length of the payload, as in `RX.PAYLOAD`. */
  payloadWord(entry: number): number {
    return this.#payloadWords[entry]!;
  }

  /** Offset and length of the dependency descriptor, likewise; 0 without one. */
  dependencyWord(entry: number): number {
    return this.#dependencyWords[entry]!;
  }

  /** When the packet came. */
  arrival(entry: number): number {
    return this.#arrivals[entry]!;
  }

  /**
   * Releases the packets that have grown too old.
   *
   * @param isScarce Whether there is no memory for pictures that stand still.
   */
  handleTimeout(now: number, isScarce = false): void {
    while (this.deadline <= now && (isScarce || !this.#isHeld)) this.#dropOldest();
  }

  /** Releases all packets. */
  clear(): void {
    while (this.#size > 0) this.#dropOldest();
  }

  /** Whether all that is kept belongs to the newest key frame, and is little enough. */
  get #isHeld(): boolean {
    return this.#oldest === this.#keyFrame && sequenceDiff(this.#newest, this.#keyFrame) <= this.#mask >> 1;
  }

  /** Makes `sequence` the newest, and room for it. */
  #advance(sequence: number, distance: number): void {
    if (distance > this.#mask) this.clear();
    while (this.#size > 0 && sequenceDiff(sequence, this.#oldest) > this.#mask) this.#dropOldest();
    if (this.#size === 0) this.#oldest = sequence;
    this.#newest = sequence;
  }

  /** Releases the oldest packet, and passes over the gap behind it. */
  #dropOldest(): void {
    const index = this.#oldest & this.#mask;
    this.#occupied[index] = 0;
    if (this.#oldest === this.#keyFrame) this.#keyFrame = NONE;
    this.#size--;
    this.#release(this.#slots[index]!);
    while (this.#size > 0 && this.#occupied[this.#oldest & this.#mask] === 0) {
      this.#oldest = (this.#oldest + 1) & 0xffff;
    }
  }
}
