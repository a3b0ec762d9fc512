import { writeUint16, writeUint24, writeUint32 } from '../bytes.js';
import { SequenceUnwrapper, sequenceDiff } from '../sequence.js';
import { FeedbackFormat, RtcpType, writeRtcpHeader } from './rtcp-header.js';
import {
  PacketStatus,
  TICK,
  TICKS_PER_REFERENCE,
  TRANSPORT_FEEDBACK_HEADER_SIZE,
  TWO_BIT_CHUNK,
  VECTOR_CHUNK,
} from './transport-feedback.js';

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

/** Longest run of equal statuses that one chunk tells: 13 bits. */
const MAX_RUN = 0x1fff;

const ONE_BIT_SYMBOLS = 14;
const TWO_BIT_SYMBOLS = 7;

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
    const statuses = codeStatuses(arrivals, next, base);
    const written = writePacket(
      out,
      at,
      limit,
      report,
      report.feedbackCount + sizes.length,
      base,
      arrivals,
      next,
      statuses,
    );

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

/** Statuses of the packets from `base` on, as far as one feedback packet can tell them; `first` is the next to arrive. */
function codeStatuses(arrivals: readonly Arrival[], first: number, base: number): number[] {
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

  return statuses;
}

/** Writes one packet with as many of `statuses` as fit `limit` bytes; tells how many arrivals it reports. */
function writePacket(
  out: Uint8Array,
  offset: number,
  limit: number,
  { senderSsrc, mediaSsrc }: ArrivalReport,
  feedbackCount: number,
  base: number,
  arrivals: readonly Arrival[],
  first: number,
  statuses: readonly number[],
): { size: number; received: number; covered: number } {
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
    deltaBytes += sum(statuses, covered, count);
    covered += count;
  }

  if (covered === 0) {
    return { size: 0, received: 0, covered: 0 };
  }

  const unpadded = chunks + deltaBytes;
  const size = (unpadded + 3) & ~3;
  const received = writeDeltas(out, offset + chunks, arrivals, first, statuses, covered);
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

function writeDeltas(
  out: Uint8Array,
  offset: number,
  arrivals: readonly Arrival[],
  first: number,
  statuses: readonly number[],
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

/** How many statuses from `start` on the best chunk for them tells. */
function nextChunkSize(statuses: readonly number[], start: number): number {
  const left = statuses.length - start;
  const run = runLength(statuses, start, Math.min(left, MAX_RUN));
  const oneBit = Math.min(left, ONE_BIT_SYMBOLS);

  if (run >= oneBit) {
    return run;
  }
  if (!hasLargeDelta(statuses, start, oneBit)) {
    return oneBit;
  }

  return Math.max(run, Math.min(left, TWO_BIT_SYMBOLS));
}

function codeChunk(statuses: readonly number[], start: number, count: number): number {
  const first = statuses[start]!;

  if (runLength(statuses, start, count) === count) {
    return (first << 13) | count;
  }

  const twoBit = hasLargeDelta(statuses, start, count) || count <= TWO_BIT_SYMBOLS;
  let word = twoBit ? VECTOR_CHUNK | TWO_BIT_CHUNK : VECTOR_CHUNK;

  for (let i = 0; i < count; i++) {
    word |= twoBit ? statuses[start + i]! << (12 - 2 * i) : statuses[start + i]! << (13 - i);
  }

  return word;
}

/** How many statuses from `start` on are the same, up to `limit`. */
function runLength(statuses: readonly number[], start: number, limit: number): number {
  let run = 1;

  while (run < limit && statuses[start + run] === statuses[start]) {
    run++;
  }

  return run;
}

function hasLargeDelta(statuses: readonly number[], start: number, count: number): boolean {
  for (let i = start; i < start + count; i++) {
    if (statuses[i] === PacketStatus.LARGE_DELTA) {
      return true;
    }
  }

  return false;
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

/** Bytes of delta that statuses take: a status is the number of its bytes. */
function sum(statuses: readonly number[], start: number, count: number): number {
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
