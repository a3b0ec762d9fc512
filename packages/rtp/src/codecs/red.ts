import { readUint16, writeUint16 } from '../bytes.js';
import { timestampDiff } from '../sequence.js';

/** A RED payload (RFC 2198): blocks of audio, the oldest first, the packet's own last. */
export interface RedPayload {
  /** 1 to `MAX_RED_BLOCKS`. */
  count: number;
  payloadTypes: Uint8Array;
  /** How much older than the packet each block is, in units of the RTP clock; 0 for the last. */
  timestampOffsets: Uint16Array;
  /** Where each block starts, from the start of the buffer. */
  offsets: Uint32Array;
  /** Bytes of each block. */
  lengths: Uint16Array;
}

/** More blocks than this nobody sends: senders of opus repeat one or two packets. */
export const MAX_RED_BLOCKS = 8;
/** Earlier packets that a payload made here repeats at most. */
export const MAX_RED_DISTANCE = 2;

/** What the header of a repeated block has room for: 14 bits of timestamp offset, 10 bits of length. */
const MAX_TIMESTAMP_OFFSET = 0x3fff;
const MAX_REPEATED_LENGTH = 0x3ff;
const REPEATED_HEADER_SIZE = 4;
const FOLLOWED = 0x80;
/** A RED payload as a whole is kept below what fits one packet on any path; then nothing, or less, is repeated. */
const MAX_SIZE = 1150;

/** An empty payload to parse into, again and again. */
export function createRedPayload(): RedPayload {
  return {
    count: 0,
    payloadTypes: new Uint8Array(MAX_RED_BLOCKS),
    timestampOffsets: new Uint16Array(MAX_RED_BLOCKS),
    offsets: new Uint32Array(MAX_RED_BLOCKS),
    lengths: new Uint16Array(MAX_RED_BLOCKS),
  };
}

/**
 * Parses a payload into `out`, without allocating.
 *
 * For a subscriber without RED, the last block is the payload. The block `d` before it repeats the packet sent `d` packets
 * earlier, as senders of opus do it, and so restores that one where it was lost.
 *
 * @returns False when the payload is malformed; `out` then holds nothing of use.
 */
export function parseRedPayload(
  buffer: Uint8Array,
  offset: number,
  length: number,
  out: RedPayload,
): boolean {
  const end = offset + length;
  let at = offset;
  let count = 0;

  for (; at < end && buffer[at]! & FOLLOWED; at += REPEATED_HEADER_SIZE) {
    if (count === MAX_RED_BLOCKS - 1 || at + REPEATED_HEADER_SIZE > end) {
      return false;
    }

    out.payloadTypes[count] = buffer[at]! & 0x7f;
    out.timestampOffsets[count] = readUint16(buffer, at + 1) >>> 2;
    out.lengths[count] = readUint16(buffer, at + 2) & MAX_REPEATED_LENGTH;
    count++;
  }

  if (at >= end) {
    return false;
  }

  out.payloadTypes[count] = buffer[at++]!;
  out.timestampOffsets[count] = 0;

  for (let block = 0; block < count; block++) {
    out.offsets[block] = at;
    at += out.lengths[block]!;
  }

  if (at > end) {
    return false;
  }

  out.offsets[count] = at;
  out.lengths[count] = end - at;
  out.count = count + 1;
  return true;
}

/**
 * Makes RED of the packets of one audio stream: each repeats the ones before it.
 *
 * Feed it every packet once; what it writes serves all subscribers.
 */
export class RedEncoder {
  readonly #payloads = Array.from({ length: MAX_RED_DISTANCE }, () => new Uint8Array(MAX_REPEATED_LENGTH));
  readonly #lengths = new Uint16Array(MAX_RED_DISTANCE);
  readonly #timestamps = new Uint32Array(MAX_RED_DISTANCE);
  /** Packets kept, the newest of them at `#newest`. */
  #kept = 0;
  #newest = 0;

  /**
   * Writes the RED payload of one packet.
   *
   * A packet that comes late repeats nothing, for what is kept is newer than it.
   *
   * @param payloadType Of the audio itself, as the subscribers know it.
   * @param timestamp The packet's RTP timestamp.
   * @param out Has room for `length` bytes and for 1,150 at `outOffset`, and is not the memory read from.
   * @returns Bytes written.
   */
  encode(
    payloadType: number,
    timestamp: number,
    buffer: Uint8Array,
    offset: number,
    length: number,
    out: Uint8Array,
    outOffset: number,
  ): number {
    const isLate = this.#kept > 0 && timestampDiff(timestamp, this.#timestamps[this.#newest]!) <= 0;
    const repeated = isLate ? 0 : this.#repeatable(timestamp, length);
    let at = outOffset;

    for (let distance = repeated; distance > 0; distance--) {
      const entry = this.#entry(distance);
      const offsetAndLength = ((timestamp - this.#timestamps[entry]!) << 10) | this.#lengths[entry]!;

      out[at] = FOLLOWED | payloadType;
      out[at + 1] = offsetAndLength >>> 16;
      writeUint16(out, at + 2, offsetAndLength);
      at += REPEATED_HEADER_SIZE;
    }

    out[at++] = payloadType;

    for (let distance = repeated; distance > 0; distance--) {
      const entry = this.#entry(distance);

      at = copy(this.#payloads[entry]!, 0, this.#lengths[entry]!, out, at);
    }

    at = copy(buffer, offset, length, out, at);

    if (!isLate) {
      this.#keep(timestamp, buffer, offset, length);
    }

    return at - outOffset;
  }

  /** How many of the kept packets still are recent enough, and fit. */
  #repeatable(timestamp: number, length: number): number {
    let size = 1 + length;
    let distance = 0;

    while (distance < this.#kept) {
      const entry = this.#entry(distance + 1);

      size += REPEATED_HEADER_SIZE + this.#lengths[entry]!;

      if (timestampDiff(timestamp, this.#timestamps[entry]!) > MAX_TIMESTAMP_OFFSET || size > MAX_SIZE) {
        break;
      }

      distance++;
    }

    return distance;
  }

  /** Where the packet `distance` before the present one is kept. */
  #entry(distance: number): number {
    return (this.#newest + MAX_RED_DISTANCE - distance + 1) % MAX_RED_DISTANCE;
  }

  #keep(timestamp: number, buffer: Uint8Array, offset: number, length: number): void {
    if (length > MAX_REPEATED_LENGTH) {
      this.#kept = 0;
      return;
    }

    this.#newest = (this.#newest + 1) % MAX_RED_DISTANCE;
    this.#kept = Math.min(this.#kept + 1, MAX_RED_DISTANCE);
    this.#timestamps[this.#newest] = timestamp;
    this.#lengths[this.#newest] = length;
    copy(buffer, offset, length, this.#payloads[this.#newest]!, 0);
  }
}

/** Copies byte by byte: for the size of audio packets that is faster than making a view. Returns the end in `to`. */
function copy(from: Uint8Array, offset: number, length: number, to: Uint8Array, toOffset: number): number {
  for (let i = 0; i < length; i++) {
    to[toOffset + i] = from[offset + i]!;
  }

  return toOffset + length;
}
