import { writeUint16, writeUint24, writeUint32 } from '../bytes.js';
import { SequenceUnwrapper, sequenceDiff } from '../sequence.js';
import { FeedbackFormat, RtcpType, writeRtcpHeader } from './rtcp-header.js';
import { codeChunk, nextChunkSize, PacketStatus } from './status-chunk.js';
import { TICK, TICKS_PER_REFERENCE, TRANSPORT_FEEDBACK_HEADER_SIZE } from './transport-feedback.js';

/** What transport-wide feedback is to report. */
export interface ArrivalReport {
  senderSsrc: number;
  mediaSsrc: number;
  /** Number of the first feedback packet, 0–255; those behind it count on. */
  feedbackCount: number;
  /** Transport-wide sequence numbers, 16 bits, in the order in which the packets arrived; duplicates are ignored. */
  sequences: ArrayLike<number>;
  /** Their arrival times in microseconds, not negative. */
  arrivals: ArrayLike<number>;
  /** How many of them to report. */
  count: number;
  /**
   * The first number to report on, if the first packet to arrive was not the first sent: those before that one are told
   * as not received.
   */
  baseSequence?: number;
}

/** A packet that arrived, under a number that does not wrap. */
interface Arrival {
  sequence: number;
  ticks: number;
}

/** What the next feedback packet tells, if it fits. */
interface Span {
  /** Number of the packet that the first status is of. */
  base: number;
  /** Index of the first arrival. */
  first: number;
  /** A `PacketStatus` for each packet from `base` on. */
  statuses: readonly number[];
}

/** What a feedback packet told. */
interface Written {
  size: number;
  /** Arrivals told. */
  received: number;
  /** Statuses told. */
  covered: number;
}

/**
 * Writes transport-wide feedback, one packet behind another: a packet ends where it would grow beyond `maxPacketSize`,
 * or where the time between two arrivals, about 8.2 s at most, does not fit its two bytes.
 *
 * @param maxPacketSize Bytes of one packet at most, 28 or more.
 * @returns Bytes of each packet written. What does not fit `out` is not reported.
 */
export function writeTransportFeedback(
  out: Uint8Array,
  offset: number,
  maxPacketSize: number,
  report: ArrivalReport,
): number[] {
  const arrivals = sortArrivals(report);
  const sizes: number[] = [];
  let at = offset;
  let next = 0;
  let base = firstSequence(report, arrivals);

  while (next < arrivals.length) {
    const limit = Math.min(maxPacketSize, out.length - at) & ~3;
    const packet = { ...report, feedbackCount: report.feedbackCount + sizes.length };
    const written = writePacket(out, at, limit, packet, arrivals, nextSpan(arrivals, next, base));

    if (written.received === 0) {
      break;
    }

    sizes.push(written.size);
    at += written.size;
    next += written.received;
    base += written.covered;
  }

  return sizes;
}

/** Arrivals by ascending sequence number; of a number that came twice, the first. */
function sortArrivals({ sequences, arrivals, count }: ArrivalReport): Arrival[] {
  const unwrapper = new SequenceUnwrapper();
  const sorted: Arrival[] = [];

  for (let i = 0; i < count; i++) {
    sorted.push({ sequence: unwrapper.unwrap(sequences[i]!), ticks: Math.round(arrivals[i]! / TICK) });
  }

  sorted.sort((a, b) => a.sequence - b.sequence);

  return sorted.filter((arrival, i) => i === 0 || arrival.sequence !== sorted[i - 1]!.sequence);
}

/** The number that the report begins with. */
function firstSequence({ baseSequence }: ArrivalReport, arrivals: readonly Arrival[]): number {
  const first = arrivals[0]?.sequence ?? 0;
  const before = baseSequence === undefined ? 0 : sequenceDiff(first, baseSequence);

  return first - Math.max(before, 0);
}

/** The statuses from `base` on, as far as the fields of one feedback packet can tell them. */
function nextSpan(arrivals: readonly Arrival[], first: number, base: number): Span {
  const statuses: number[] = [];
  let before = referenceTicks(arrivals[first]!);

  for (let i = first; i < arrivals.length; i++) {
    const { sequence, ticks } = arrivals[i]!;
    const delta = ticks - before;

    if (delta < -0x8000 || delta > 0x7fff || sequence - base >= 0xffff) {
      break;
    }

    while (statuses.length < sequence - base) {
      statuses.push(PacketStatus.NOT_RECEIVED);
    }

    statuses.push(delta >= 0 && delta <= 0xff ? PacketStatus.SMALL_DELTA : PacketStatus.LARGE_DELTA);
    before = ticks;
  }

  return { base, first, statuses };
}

/** Writes one packet with as many statuses of `span` as fit `limit` bytes. */
function writePacket(
  out: Uint8Array,
  offset: number,
  limit: number,
  { senderSsrc, mediaSsrc, feedbackCount }: ArrivalReport,
  arrivals: readonly Arrival[],
  span: Span,
): Written {
  const { base, first, statuses } = span;
  let chunks = TRANSPORT_FEEDBACK_HEADER_SIZE;
  let deltaBytes = 0;
  let covered = 0;

  while (covered < statuses.length) {
    const room = limit - chunks - 2 - deltaBytes;
    const count = countThatFits(statuses, covered, nextChunkSize(statuses, covered), room);

    if (count === 0) {
      break;
    }

    writeUint16(out, offset + chunks, codeChunk(statuses, covered, count));
    chunks += 2;
    deltaBytes += deltaSize(statuses, covered, count);
    covered += count;
  }

  if (covered === 0) {
    return { size: 0, received: 0, covered: 0 };
  }

  const unpadded = chunks + deltaBytes;
  const size = (unpadded + 3) & ~3;
  const received = writeDeltas(out, offset + chunks, arrivals, span, covered);
  const reference = referenceTicks(arrivals[first]!) / TICKS_PER_REFERENCE;

  writeRtcpHeader(out, offset, FeedbackFormat.TRANSPORT_WIDE, RtcpType.TRANSPORT_FEEDBACK, size);
  writeUint32(out, offset + 4, senderSsrc);
  writeUint32(out, offset + 8, mediaSsrc);
  writeUint16(out, offset + 12, base);
  writeUint16(out, offset + 14, covered);
  writeUint24(out, offset + 16, reference);
  out[offset + 19] = feedbackCount;
  markPadding(out, offset, unpadded, size);
  return { size, received, covered };
}

/** Writes the deltas of the first `covered` statuses; tells how many there are. */
function writeDeltas(
  out: Uint8Array,
  offset: number,
  arrivals: readonly Arrival[],
  { first, statuses }: Span,
  covered: number,
): number {
  let at = offset;
  let next = first;
  let before = referenceTicks(arrivals[first]!);

  for (let i = 0; i < covered; i++) {
    if (statuses[i] === PacketStatus.NOT_RECEIVED) {
      continue;
    }

    const { ticks } = arrivals[next++]!;

    if (statuses[i] === PacketStatus.SMALL_DELTA) {
      out[at++] = ticks - before;
    } else {
      writeUint16(out, at, ticks - before);
      at += 2;
    }

    before = ticks;
  }

  return next - first;
}

/** How many of `count` statuses from `start` on have deltas that fit `room` bytes, which may be negative. */
function countThatFits(statuses: readonly number[], start: number, count: number, room: number): number {
  let left = room;
  let fitting = 0;

  while (fitting < count && left >= statuses[start + fitting]!) {
    left -= statuses[start + fitting]!;
    fitting++;
  }

  return fitting;
}

/** Bytes that the deltas of `count` statuses from `start` on take. */
function deltaSize(statuses: readonly number[], start: number, count: number): number {
  let total = 0;

  for (let i = start; i < start + count; i++) {
    total += statuses[i]!;
  }

  return total;
}

/** The reference time that the first arrival of a packet is told against, in ticks. */
function referenceTicks({ ticks }: Arrival): number {
  return Math.floor(ticks / TICKS_PER_REFERENCE) * TICKS_PER_REFERENCE;
}

/** Pads a packet with the count that RFC 3550 section 6.4.1 wants in the last byte. */
function markPadding(out: Uint8Array, offset: number, unpadded: number, size: number): void {
  if (size === unpadded) {
    return;
  }

  out.fill(0, offset + unpadded, offset + size);
  out[offset + size - 1] = size - unpadded;
  out[offset] = out[offset]! | 0x20;
}
