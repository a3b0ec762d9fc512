import { writeUint16 } from '@parley/rtp';
import { buildChunk, buildParameter, ChunkType, parseParameters, REFLECTED_TAG } from './chunks.js';
import type { Chunk } from './chunks.js';

/** ERROR and ABORT with their causes, RFC 9260 section 3.3.10. */

export const ErrorCause = {
  InvalidStream: 1,
  StaleCookie: 3,
  UnrecognizedChunk: 6,
  NoUserData: 9,
  UserInitiatedAbort: 12,
  ProtocolViolation: 13,
} as const;

export function buildAbort(cause: number, ...content: readonly Uint8Array[]): Uint8Array {
  return buildChunk(ChunkType.Abort, 0, buildParameter(cause, ...content));
}

/** The ABORT for a packet that belongs to no association: it goes out with the tag it came with. */
export function buildReflectedAbort(): Uint8Array {
  return buildChunk(ChunkType.Abort, REFLECTED_TAG);
}

/** How late the cookie came is said in microseconds; zero leaves it unsaid. */
export function buildStaleCookieError(): Uint8Array {
  return buildChunk(ChunkType.Error, 0, buildParameter(ErrorCause.StaleCookie, new Uint8Array(4)));
}

export function buildInvalidStreamError(streamId: number): Uint8Array {
  const content = new Uint8Array(4);
  writeUint16(content, 0, streamId);
  return buildChunk(ChunkType.Error, 0, buildParameter(ErrorCause.InvalidStream, content));
}

export function buildUnrecognizedChunkError(chunk: Chunk): Uint8Array {
  const whole = buildChunk(chunk.type, chunk.flags, chunk.value);
  return buildChunk(ChunkType.Error, 0, buildParameter(ErrorCause.UnrecognizedChunk, whole));
}

export function hasStaleCookieCause(chunk: Chunk): boolean {
  return parseParameters(chunk.value, 0)?.some(({ type }) => type === ErrorCause.StaleCookie) ?? false;
}
