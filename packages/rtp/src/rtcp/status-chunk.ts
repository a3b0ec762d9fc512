/**
 * Status chunks of transport-wide feedback: 16-bit words that tell which packets arrived, as a run of equal statuses or
 * as a vector of single ones (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1.2).
 */

/** How a packet's status is coded. The number is also that of the bytes which its delta takes. */
export const PacketStatus = {
  NOT_RECEIVED: 0,
  /** Received; the time since the one before fits one byte. */
  SMALL_DELTA: 1,
  /** Received; the time since the one before takes two bytes, and may be negative. */
  LARGE_DELTA: 2,
} as const;

/** Set in a vector chunk. */
const VECTOR = 0x8000;

/** Set in a vector chunk whose statuses have two bits. */
const TWO_BIT = 0x4000;

const ONE_BIT_SYMBOLS = 14;
const TWO_BIT_SYMBOLS = 7;

/** Longest run of equal statuses: 13 bits. */
const MAX_RUN = 0x1fff;

/** Whether a chunk tells one status for all its packets. */
export function isRun(chunk: number): boolean {
  return (chunk & VECTOR) === 0;
}

/** How many packets a chunk tells of. */
export function chunkSize(chunk: number): number {
  if (isRun(chunk)) {
    return chunk & MAX_RUN;
  }

  return chunk & TWO_BIT ? TWO_BIT_SYMBOLS : ONE_BIT_SYMBOLS;
}

/** The status of one of a chunk's packets: a `PacketStatus`, or 3, which is reserved. */
export function chunkStatus(chunk: number, index: number): number {
  if (isRun(chunk)) {
    return (chunk >>> 13) & 3;
  }

  return chunk & TWO_BIT ? (chunk >>> (12 - 2 * index)) & 3 : (chunk >>> (13 - index)) & 1;
}

/** How many statuses from `start` on the best chunk for them tells. */
export function nextChunkSize(statuses: readonly number[], start: number): number {
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

/** The chunk that tells `count` statuses from `start` on, `count` being what `nextChunkSize` said. */
export function codeChunk(statuses: readonly number[], start: number, count: number): number {
  if (runLength(statuses, start, count) === count) {
    return (statuses[start]! << 13) | count;
  }

  const twoBit = count <= TWO_BIT_SYMBOLS;
  let chunk = twoBit ? VECTOR | TWO_BIT : VECTOR;

  for (let i = 0; i < count; i++) {
    chunk |= statuses[start + i]! << (twoBit ? 12 - 2 * i : 13 - i);
  }

  return chunk;
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
