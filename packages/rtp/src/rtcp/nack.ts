import { readUint16, readUint32, writeUint16, writeUint32 } from '../bytes.js';
import { FEEDBACK_HEADER_SIZE, FeedbackFormat, RtcpType, writeRtcpHeader } from './rtcp-header.js';

/** A generic negative acknowledgement: a request to send packets again (RFC 4585 section 6.2.1). */
export interface Nack {
  type: 'nack';
  senderSsrc: number;
  mediaSsrc: number;
  /** Sequence numbers asked for, in the order of the packet. */
  sequences: number[];
}

/** Packets that the bit mask of one entry can name beside its first. */
const MASK_BITS = 16;

export function parseNack(buffer: Uint8Array, offset: number, end: number): Nack | undefined {
  if (offset + FEEDBACK_HEADER_SIZE > end) {
    return undefined;
  }

  const sequences: number[] = [];

  for (let at = offset + FEEDBACK_HEADER_SIZE; at + 4 <= end; at += 4) {
    const first = readUint16(buffer, at);
    const mask = readUint16(buffer, at + 2);

    sequences.push(first);

    for (let bit = 0; bit < MASK_BITS; bit++) {
      if (mask & (1 << bit)) {
        sequences.push((first + bit + 1) & 0xffff);
      }
    }
  }

  return {
    type: 'nack',
    senderSsrc: readUint32(buffer, offset + 4),
    mediaSsrc: readUint32(buffer, offset + 8),
    sequences,
  };
}

/**
 * Writes a generic NACK.
 *
 * @param sequences The first `count` of them are asked for; in ascending order they take the fewest bytes, at most four
 *   each.
 * @returns Bytes written.
 */
export function writeNack(
  out: Uint8Array,
  offset: number,
  senderSsrc: number,
  mediaSsrc: number,
  sequences: ArrayLike<number>,
  count: number,
): number {
  let at = offset + FEEDBACK_HEADER_SIZE;
  let index = 0;

  while (index < count) {
    const first = sequences[index++]!;
    let mask = 0;

    while (index < count) {
      const distance = (sequences[index]! - first) & 0xffff;

      if (distance < 1 || distance > MASK_BITS) {
        break;
      }

      mask |= 1 << (distance - 1);
      index++;
    }

    writeUint16(out, at, first);
    writeUint16(out, at + 2, mask);
    at += 4;
  }

  writeRtcpHeader(out, offset, FeedbackFormat.NACK, RtcpType.TRANSPORT_FEEDBACK, at - offset);
  writeUint32(out, offset + 4, senderSsrc);
  writeUint32(out, offset + 8, mediaSsrc);
  return at - offset;
}
