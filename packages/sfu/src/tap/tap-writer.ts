import type { ClockReference } from '@parley/transport';
import { ALIGNMENT, HEADER, HEADER_SIZE, RECORD, RECORD_SIZE, RecordKind } from './tap-layout.js';

/**
 * Writes records into the memory of a tap. It never waits: a record for which the reader has left no room is refused.
 *
 * Records become visible with `publish`, so that a reader is woken once for a run of packets.
 */
export class TapWriter {
  readonly #header: Int32Array;
  readonly #bytes: Uint8Array;
  readonly #words: Uint32Array;
  readonly #floats: Float64Array;
  readonly #headerFloats: Float64Array;
  readonly #capacity: number;
  #position: number;
  #published: number;
  /** Bytes that are free for certain; the reader may have left more since. */
  #free: number;
  #lost = 0;
  #clockVersion = 0;
  /** Where the record lies that was begun last. */
  #begun = 0;
  /** The memory that packets are copied from, and its words. */
  #source: Uint8Array | undefined;
  #sourceWords: Uint32Array = new Uint32Array(0);

  /** @param buffer What `createTapBuffer` made. */
  constructor(buffer: SharedArrayBuffer) {
    this.#header = new Int32Array(buffer, 0, HEADER_SIZE >> 2);
    this.#headerFloats = new Float64Array(buffer, 0, HEADER_SIZE >> 3);
    this.#bytes = new Uint8Array(buffer, HEADER_SIZE);
    this.#words = new Uint32Array(buffer, HEADER_SIZE);
    this.#floats = new Float64Array(buffer, HEADER_SIZE);
    this.#capacity = this.#bytes.length;
    this.#free = this.#capacity;
    this.#position = this.#published = Atomics.load(this.#header, HEADER.WRITTEN) >>> 0;
  }

  /** Packets that there was no room for. */
  get lost(): number {
    return this.#lost;
  }

  /**
   * Begins a record; `fill` follows.
   *
   * @param kind As in `RECORD.KIND`.
   * @param length Bytes of its payload.
   * @returns false where there is no room for it.
   */
  begin(
    kind: number,
    ssrc: number,
    sequence: number,
    timestamp: number,
    arrival: number,
    length: number,
  ): boolean {
    const size = (RECORD_SIZE + length + ALIGNMENT - 1) & -ALIGNMENT;
    const at = this.#reserve(size);
    if (at < 0) return false;
    const words = this.#words;
    const word = at >> 2;
    words[word + RECORD.SIZE] = size;
    words[word + RECORD.KIND] = kind;
    words[word + RECORD.SSRC] = ssrc;
    words[word + RECORD.SEQUENCE] = sequence;
    words[word + RECORD.TIMESTAMP] = timestamp;
    words[word + RECORD.LENGTH] = length;
    this.#floats[(word + RECORD.ARRIVAL) >> 1] = arrival;
    this.#begun = at;
    return true;
  }

  /** Copies the payload of the record that was begun last. */
  fill(source: Uint8Array, offset: number): void {
    const length = this.#words[(this.#begun >> 2) + RECORD.LENGTH]!;
    this.#copy(source, offset, length, this.#begun + RECORD_SIZE);
  }

  /** A packet was not written. */
  lose(): void {
    this.#lost += 1;
    Atomics.store(this.#header, HEADER.LOST, this.#lost | 0);
  }

  /** The publisher's clock, by its latest sender report. */
  writeClock(ssrc: number, clock: ClockReference): void {
    const header = this.#header;
    Atomics.store(header, HEADER.CLOCK_VERSION, this.#clockVersion + 1);
    Atomics.store(header, HEADER.CLOCK_SSRC, ssrc | 0);
    Atomics.store(header, HEADER.NTP_SECONDS, clock.ntpSeconds | 0);
    Atomics.store(header, HEADER.NTP_FRACTION, clock.ntpFraction | 0);
    Atomics.store(header, HEADER.RTP_TIMESTAMP, clock.rtpTimestamp | 0);
    this.#headerFloats[HEADER.RECEIVED_AT >> 1] = clock.receivedAt;
    this.#clockVersion = (this.#clockVersion + 2) | 0;
    Atomics.store(header, HEADER.CLOCK_VERSION, this.#clockVersion);
  }

  /** Lets the reader see what was written. */
  publish(): void {
    if (this.#published === this.#position) return;
    this.#published = this.#position;
    Atomics.store(this.#header, HEADER.WRITTEN, this.#position | 0);
    Atomics.notify(this.#header, HEADER.WRITTEN);
  }

  /** Nothing more will be written. */
  end(): void {
    this.publish();
    Atomics.store(this.#header, HEADER.ENDED, 1);
    Atomics.notify(this.#header, HEADER.WRITTEN);
  }

  /** Where a record of this size goes; -1 where there is no room. */
  #reserve(size: number): number {
    const at = this.#position & (this.#capacity - 1);
    const left = this.#capacity - at;
    const needed = left < size ? left + size : size;
    if (needed > this.#free) {
      const read = Atomics.load(this.#header, HEADER.READ);
      this.#free = this.#capacity - ((this.#position - read) >>> 0);
      if (needed > this.#free) return -1;
    }
    this.#free -= needed;
    this.#position = (this.#position + needed) >>> 0;
    if (needed === size) return at;
    this.#words[(at >> 2) + RECORD.SIZE] = left;
    this.#words[(at >> 2) + RECORD.KIND] = RecordKind.PADDING;
    return 0;
  }

  /** By words where the payload lies on their bounds, as it does in all but retransmissions; a view would be an allocation. */
  #copy(source: Uint8Array, offset: number, length: number, to: number): void {
    if (source !== this.#source) {
      this.#source = source;
      const isAligned = (source.byteOffset & 3) === 0;
      this.#sourceWords = isAligned
        ? new Uint32Array(source.buffer, source.byteOffset, source.length >> 2)
        : new Uint32Array(0);
    }
    const sourceWords = this.#sourceWords;
    const count = (length + 3) >> 2;
    if ((offset & 3) === 0 && (offset >> 2) + count <= sourceWords.length) {
      const words = this.#words;
      for (let index = 0, from = offset >> 2, at = to >> 2; index < count; index++)
        words[at + index] = sourceWords[from + index]!;
      return;
    }
    const bytes = this.#bytes;
    for (let index = 0; index < length; index++) bytes[to + index] = source[offset + index]!;
  }
}
