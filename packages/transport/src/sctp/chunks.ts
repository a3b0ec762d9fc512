import { readUint16, writeUint16 } from '@parley/rtp';
import { padded } from './bytes.js';
import { PACKET_HEADER_LENGTH } from './packet.js';

/** Chunk framing, RFC 9260 section 3.2: type, flags, length, value, padding to four bytes. */

export interface Chunk {
  readonly type: number;
  readonly flags: number;
  /** What follows the four-byte header, without padding; a view into the packet. */
  readonly value: Uint8Array;
}

/** A parameter (RFC 9260 section 3.2.1) or an error cause (section 3.3.10), which have the same form. */
export interface Parameter {
  readonly type: number;
  readonly value: Uint8Array;
}

export const ChunkType = {
  Data: 0,
  Init: 1,
  InitAck: 2,
  Sack: 3,
  Heartbeat: 4,
  HeartbeatAck: 5,
  Abort: 6,
  Shutdown: 7,
  ShutdownAck: 8,
  Error: 9,
  CookieEcho: 10,
  CookieAck: 11,
  ShutdownComplete: 14,
  ReConfig: 130,
  ForwardTsn: 192,
} as const;

/** The T bit of ABORT and SHUTDOWN COMPLETE: the verification tag is the receiver's own, sent back. */
export const REFLECTED_TAG = 0x01;

export const CHUNK_HEADER_LENGTH = 4;

/** The chunks of a packet, or undefined when a length points outside of it. */
export function parseChunks(packet: Uint8Array): Chunk[] | undefined {
  const chunks: Chunk[] = [];
  let at = PACKET_HEADER_LENGTH;
  while (at < packet.length) {
    if (at + CHUNK_HEADER_LENGTH > packet.length) return undefined;
    const length = readUint16(packet, at + 2);
    if (length < CHUNK_HEADER_LENGTH || at + length > packet.length) return undefined;
    chunks.push({
      type: packet[at]!,
      flags: packet[at + 1]!,
      value: packet.subarray(at + CHUNK_HEADER_LENGTH, at + length),
    });
    at += padded(length);
  }
  return chunks.length > 0 ? chunks : undefined;
}

/** The parameters from byte `start` of a chunk's value, or undefined when a length points outside of it. */
export function parseParameters(value: Uint8Array, start: number): Parameter[] | undefined {
  const parameters: Parameter[] = [];
  let at = start;
  while (at < value.length) {
    if (at + CHUNK_HEADER_LENGTH > value.length) return undefined;
    const length = readUint16(value, at + 2);
    if (length < CHUNK_HEADER_LENGTH || at + length > value.length) return undefined;
    parameters.push({
      type: readUint16(value, at),
      value: value.subarray(at + CHUNK_HEADER_LENGTH, at + length),
    });
    at += padded(length);
  }
  return parameters;
}

/** A whole chunk, padded, whose value is the `parts`, each starting on a four-byte boundary. */
export function buildChunk(type: number, flags: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = joinedLength(parts);
  const chunk = new Uint8Array(padded(length));
  chunk[0] = type;
  chunk[1] = flags;
  fill(chunk, length, parts);
  return chunk;
}

/** A parameter or error cause without final padding, whose value is the `parts`, aligned likewise. */
export function buildParameter(type: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = joinedLength(parts);
  const parameter = new Uint8Array(length);
  writeUint16(parameter, 0, type);
  fill(parameter, length, parts);
  return parameter;
}

/** A length counts the padding of every part but the last (RFC 9260 section 3.2). */
function joinedLength(parts: readonly Uint8Array[]): number {
  let end = CHUNK_HEADER_LENGTH;
  for (const part of parts) end = padded(end) + part.length;
  return end;
}

function fill(target: Uint8Array, length: number, parts: readonly Uint8Array[]): void {
  writeUint16(target, 2, length);
  let at = CHUNK_HEADER_LENGTH;
  for (const part of parts) {
    target.set(part, at);
    at += padded(part.length);
  }
}
