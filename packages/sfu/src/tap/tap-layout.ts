/**
 * The memory that a tap's writer and its reader share: a header, and behind it a ring of records. Positions are counts of
 * bytes since the start, modulo 2³²; a record begins at a multiple of `ALIGNMENT` and lies in one piece.
 */

/** Bytes of the header. */
export const HEADER_SIZE = 128;

/** 32-bit words of the header. Those of the writer and that of the reader lie on cache lines of their own. */
export const HEADER = {
  LAYOUT: 0,
  /** Bytes of the ring, a power of two. */
  CAPACITY: 1,
  /** Position behind the last record. By the writer. */
  WRITTEN: 2,
  /** Packets that there was no room for. By the writer. */
  LOST: 3,
  /** Not 0 once nothing more will be written. By the writer. */
  ENDED: 4,
  /** Odd while the words of the clock are being written; 0 as long as there is none. By the writer. */
  CLOCK_VERSION: 5,
  CLOCK_SSRC: 6,
  NTP_SECONDS: 7,
  NTP_FRACTION: 8,
  RTP_TIMESTAMP: 9,
  /** A 64-bit float in two words: milliseconds of the clock that `ARRIVAL` is of. */
  RECEIVED_AT: 10,
  /** Position of the first record that is not read yet. By the reader. */
  READ: 16,
} as const;

/** In `HEADER.LAYOUT`; changes with the layout. */
export const LAYOUT = 1;

/** 32-bit words of a record. */
export const RECORD = {
  /** Bytes of the whole record, a multiple of `ALIGNMENT`. */
  SIZE: 0,
  /** A `RecordKind` (bits 0–7), marker (8), whether a key frame starts (9), payload type (16–22), layer (24–31). */
  KIND: 1,
  SSRC: 2,
  SEQUENCE: 3,
  /** Of a stream: its clock rate. */
  TIMESTAMP: 4,
  /** Bytes of the payload. */
  LENGTH: 5,
  /** A 64-bit float in two words: when the packet came, milliseconds. */
  ARRIVAL: 6,
} as const;

/** Bytes of a record before its payload. */
export const RECORD_SIZE = 32;

export const ALIGNMENT = 8;

export const RecordKind = {
  /** Nothing: the next record is at the start of the ring. Has a size and a kind only. */
  PADDING: 0,
  /** An RTP packet, its payload without padding. */
  PACKET: 1,
  /** Packets of another stream follow. The payload is its codecs in JSON. */
  STREAM: 2,
  MUTED: 3,
  UNMUTED: 4,
} as const;

export const MARKER = 1 << 8;
export const KEY_FRAME = 1 << 9;

/** Bounds of `HEADER.CAPACITY`. */
const MIN_CAPACITY = 1 << 14;
const MAX_CAPACITY = 1 << 30;

/**
 * Memory for one tap.
 *
 * @param capacity Bytes of the ring at least: what a reader that is late for a moment may leave unread.
 * @throws RangeError when the capacity is not a power of two from 16 KiB to 1 GiB.
 */
export function createTapBuffer(capacity: number): SharedArrayBuffer {
  if (capacity < MIN_CAPACITY || capacity > MAX_CAPACITY || (capacity & (capacity - 1)) !== 0)
    throw new RangeError(`a tap's capacity of ${capacity} bytes is not a power of two from 16 KiB to 1 GiB`);
  const buffer = new SharedArrayBuffer(HEADER_SIZE + capacity);
  const header = new Uint32Array(buffer, 0, HEADER_SIZE >> 2);
  header[HEADER.LAYOUT] = LAYOUT;
  header[HEADER.CAPACITY] = capacity;
  return buffer;
}
