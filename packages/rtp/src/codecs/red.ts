import { readUint16 } from '../bytes.js';

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

/** The header of a repeated block ends with 10 bits of its length. */
const LENGTH_MASK = 0x3ff;
const REPEATED_HEADER_SIZE = 4;
const FOLLOWED = 0x80;

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
    out.lengths[count] = readUint16(buffer, at + 2) & LENGTH_MASK;
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
