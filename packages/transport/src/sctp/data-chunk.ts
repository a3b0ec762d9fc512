import { readUint16, readUint32, writeUint16, writeUint32 } from '@parley/rtp';
import { padded } from './bytes.js';
import { CHUNK_HEADER_LENGTH, ChunkType } from './chunks.js';
import type { Chunk } from './chunks.js';

/** The DATA chunk, RFC 9260 section 3.3.1. */

export interface DataChunk {
  readonly tsn: number;
  readonly streamId: number;
  /** Stream sequence number; meaningless when `unordered`. */
  readonly ssn: number;
  /** Payload protocol identifier. */
  readonly ppid: number;
  /** First fragment of its message. */
  readonly begin: boolean;
  /** Last fragment of its message. */
  readonly end: boolean;
  readonly unordered: boolean;
  /** The sender asks for a SACK at once. */
  readonly immediate: boolean;
  /** A view into the packet. */
  readonly payload: Uint8Array;
}

const FLAG_END = 0x01;
const FLAG_BEGIN = 0x02;
const FLAG_UNORDERED = 0x04;
const FLAG_IMMEDIATE = 0x08;
const FIELDS_LENGTH = 12;

/** Bytes a DATA chunk has before its payload. */
export const DATA_HEADER_LENGTH = CHUNK_HEADER_LENGTH + FIELDS_LENGTH;

/** Undefined when the chunk is too short for its fields; `payload` may be empty, which is the sender's error. */
export function parseDataChunk(chunk: Chunk): DataChunk | undefined {
  const { value, flags } = chunk;
  if (value.length < FIELDS_LENGTH) return undefined;
  return {
    tsn: readUint32(value, 0),
    streamId: readUint16(value, 4),
    ssn: readUint16(value, 6),
    ppid: readUint32(value, 8),
    begin: (flags & FLAG_BEGIN) !== 0,
    end: (flags & FLAG_END) !== 0,
    unordered: (flags & FLAG_UNORDERED) !== 0,
    immediate: (flags & FLAG_IMMEDIATE) !== 0,
    payload: value.subarray(FIELDS_LENGTH),
  };
}

/** Writes a DATA chunk with its padding at `offset`; returns the offset behind it. */
export function writeDataChunk(out: Uint8Array, offset: number, data: DataChunk): number {
  const length = DATA_HEADER_LENGTH + data.payload.length;
  out[offset] = ChunkType.Data;
  out[offset + 1] =
    (data.end ? FLAG_END : 0) |
    (data.begin ? FLAG_BEGIN : 0) |
    (data.unordered ? FLAG_UNORDERED : 0) |
    (data.immediate ? FLAG_IMMEDIATE : 0);
  writeUint16(out, offset + 2, length);
  writeUint32(out, offset + 4, data.tsn);
  writeUint16(out, offset + 8, data.streamId);
  writeUint16(out, offset + 10, data.ssn);
  writeUint32(out, offset + 12, data.ppid);
  out.set(data.payload, offset + DATA_HEADER_LENGTH);
  const end = offset + padded(length);
  out.fill(0, offset + length, end);
  return end;
}
