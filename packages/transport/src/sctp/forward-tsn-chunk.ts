import { readUint16, readUint32, writeUint16, writeUint32 } from '@parley/rtp';
import { buildChunk, ChunkType } from './chunks.js';
import type { Chunk } from './chunks.js';

/** The FORWARD TSN chunk, RFC 3758 section 3.2: "do not wait for anything up to here". */

export interface ForwardTsn {
  readonly cumulativeTsn: number;
  /** Per stream with skipped ordered messages, the last SSN skipped. */
  readonly skipped: readonly SkippedStream[];
}

export interface SkippedStream {
  readonly streamId: number;
  readonly ssn: number;
}

export function parseForwardTsn(chunk: Chunk): ForwardTsn | undefined {
  const { value } = chunk;
  if (value.length < 4 || value.length % 4 !== 0) return undefined;
  const skipped: SkippedStream[] = [];
  for (let at = 4; at < value.length; at += 4) {
    skipped.push({ streamId: readUint16(value, at), ssn: readUint16(value, at + 2) });
  }
  return { cumulativeTsn: readUint32(value, 0), skipped };
}

export function buildForwardTsn(forward: ForwardTsn): Uint8Array {
  const value = new Uint8Array(4 + 4 * forward.skipped.length);
  writeUint32(value, 0, forward.cumulativeTsn);
  forward.skipped.forEach(({ streamId, ssn }, index) => {
    writeUint16(value, 4 + 4 * index, streamId);
    writeUint16(value, 6 + 4 * index, ssn);
  });
  return buildChunk(ChunkType.ForwardTsn, 0, value);
}
