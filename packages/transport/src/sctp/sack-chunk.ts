import { readUint16, readUint32, writeUint16, writeUint32 } from '@parley/rtp';
import { CHUNK_HEADER_LENGTH, ChunkType } from './chunks.js';
import type { Chunk } from './chunks.js';

/** The SACK chunk, RFC 9260 section 3.3.4. */

export interface Sack {
  readonly cumulativeTsn: number;
  /** Receiver window, in bytes. */
  readonly window: number;
  /** Start and end of each gap block in turn, as offsets from the cumulative TSN; ascending, without overlap. */
  readonly gaps: readonly number[];
}

/** Length of a SACK without gap blocks and duplicates. */
export const SACK_LENGTH = CHUNK_HEADER_LENGTH + 12;

/** Undefined when the chunk contradicts itself. Duplicates are not read: they only inform. */
export function parseSack(chunk: Chunk): Sack | undefined {
  const { value } = chunk;
  if (value.length < 12) return undefined;
  const gapCount = readUint16(value, 8);
  const duplicateCount = readUint16(value, 10);
  if (12 + 4 * (gapCount + duplicateCount) > value.length) return undefined;
  const gaps: number[] = [];
  let previousEnd = 0;
  for (let block = 0; block < gapCount; block++) {
    const start = readUint16(value, 12 + 4 * block);
    const end = readUint16(value, 14 + 4 * block);
    if (start <= previousEnd || end < start) return undefined;
    gaps.push(start, end);
    previousEnd = end;
  }
  return { cumulativeTsn: readUint32(value, 0), window: readUint32(value, 4), gaps };
}

/** Writes a SACK at `offset` with as many gap blocks, then duplicates, as fit before `limit`; returns its end. */
export function writeSack(
  out: Uint8Array,
  offset: number,
  limit: number,
  sack: Sack,
  duplicates: readonly number[],
): number {
  const words = Math.floor((limit - offset - SACK_LENGTH) / 4);
  const gapCount = Math.min(sack.gaps.length / 2, words);
  const duplicateCount = Math.min(duplicates.length, words - gapCount);
  const length = SACK_LENGTH + 4 * (gapCount + duplicateCount);
  out[offset] = ChunkType.Sack;
  out[offset + 1] = 0;
  writeUint16(out, offset + 2, length);
  writeUint32(out, offset + 4, sack.cumulativeTsn);
  writeUint32(out, offset + 8, sack.window);
  writeUint16(out, offset + 12, gapCount);
  writeUint16(out, offset + 14, duplicateCount);
  let at = offset + SACK_LENGTH;
  for (let index = 0; index < 2 * gapCount; index++, at += 2) writeUint16(out, at, sack.gaps[index]!);
  for (let index = 0; index < duplicateCount; index++, at += 4) writeUint32(out, at, duplicates[index]!);
  return at;
}
