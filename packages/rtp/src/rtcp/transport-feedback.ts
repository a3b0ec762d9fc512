import { readUint16, readUint24, readUint32 } from '../bytes.js';
import { FEEDBACK_HEADER_SIZE } from './rtcp-header.js';
import { chunkSize, chunkStatus, isRun, PacketStatus } from './status-chunk.js';

/**
 * When packets of all streams of a transport arrived (draft-holmer-rmcat-transport-wide-cc-extensions-01).
 *
 * Of the `statusCount` packets from `baseSequence` on, those not in `sequences` had not arrived.
 */
export interface TransportFeedback {
  type: 'transportFeedback';
  senderSsrc: number;
  mediaSsrc: number;
  /** Number of this packet, 0–255: a gap means that feedback was lost. */
  feedbackCount: number;
  baseSequence: number;
  statusCount: number;
  /** Transport-wide sequence numbers of the packets that arrived, ascending (modulo 2¹⁶). */
  sequences: readonly number[];
  /** Their arrival times in microseconds, from an epoch of the receiver's, in steps of 250; wraps after 12 days. */
  arrivals: readonly number[];
}

/** Bytes before the first status chunk. */
export const TRANSPORT_FEEDBACK_HEADER_SIZE = FEEDBACK_HEADER_SIZE + 8;

/** Microseconds in one unit of an arrival time. */
export const TICK = 250;

/** Units of an arrival time in one unit of the reference time, 64 ms. */
export const TICKS_PER_REFERENCE = 256;

export function parseTransportFeedback(
  buffer: Uint8Array,
  offset: number,
  end: number,
): TransportFeedback | undefined {
  if (offset + TRANSPORT_FEEDBACK_HEADER_SIZE > end) {
    return undefined;
  }

  const baseSequence = readUint16(buffer, offset + 12);
  const statusCount = readUint16(buffer, offset + 14);
  const deltas = skipChunks(buffer, offset + TRANSPORT_FEEDBACK_HEADER_SIZE, end, statusCount);

  if (deltas < 0) {
    return undefined;
  }

  // No typed arrays: those that live for one packet only cost more than all the rest.
  const sequences: number[] = [];
  const arrivals: number[] = [];
  let ticks = ((readUint24(buffer, offset + 16) << 8) >> 8) * TICKS_PER_REFERENCE;
  let at = deltas;
  let chunk = offset + TRANSPORT_FEEDBACK_HEADER_SIZE;
  let covered = 0;

  while (covered < statusCount) {
    const word = readUint16(buffer, chunk);
    const size = Math.min(chunkSize(word), statusCount - covered);

    for (let i = 0; i < size; i++) {
      const status = chunkStatus(word, i);

      if (status === PacketStatus.NOT_RECEIVED) {
        if (isRun(word)) {
          break;
        }

        continue;
      }

      const width = status === PacketStatus.SMALL_DELTA ? 1 : 2;

      // The fourth status is reserved.
      if (status > PacketStatus.LARGE_DELTA || at + width > end) {
        return undefined;
      }

      ticks += width === 1 ? buffer[at]! : (readUint16(buffer, at) << 16) >> 16;
      sequences.push((baseSequence + covered + i) & 0xffff);
      arrivals.push(ticks * TICK);
      at += width;
    }

    covered += size;
    chunk += 2;
  }

  return {
    type: 'transportFeedback',
    senderSsrc: readUint32(buffer, offset + 4),
    mediaSsrc: readUint32(buffer, offset + 8),
    feedbackCount: buffer[offset + 19]!,
    baseSequence,
    statusCount,
    sequences,
    arrivals,
  };
}

/** Offset behind the chunks that cover `statusCount` packets, or -1 when they run past `end`. */
function skipChunks(buffer: Uint8Array, offset: number, end: number, statusCount: number): number {
  let at = offset;
  let covered = 0;

  while (covered < statusCount) {
    if (at + 2 > end) {
      return -1;
    }

    const size = chunkSize(readUint16(buffer, at));

    // An empty run would let a packet cover its statuses with nothing.
    if (size === 0) {
      return -1;
    }

    covered += size;
    at += 2;
  }

  return at;
}
