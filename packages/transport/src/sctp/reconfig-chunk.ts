import { readUint16, readUint32, writeUint16, writeUint32 } from '@parley/rtp';
import { buildChunk, buildParameter, ChunkType, parseParameters } from './chunks.js';
import type { Chunk } from './chunks.js';

/** The RE-CONFIG chunk, RFC 6525: stream resets and the answers to them. */

export type Reconfig = OutgoingReset | OtherRequest | ReconfigResponse;

/** The sender asks that the receiver forget the sequence numbers of streams it sends on. */
export interface OutgoingReset {
  readonly kind: 'outgoing-reset';
  readonly requestSequence: number;
  readonly responseSequence: number;
  /** The last TSN sent before the request: all up to it must have arrived first. */
  readonly lastTsn: number;
  /** Empty means all streams. */
  readonly streamIds: readonly number[];
}

/** A request that data channels have no use for: incoming reset, TSN reset, more streams. */
export interface OtherRequest {
  readonly kind: 'other-request';
  readonly requestSequence: number;
}

export interface ReconfigResponse {
  readonly kind: 'response';
  readonly responseSequence: number;
  /** One of ReconfigResult. */
  readonly result: number;
}

export const ReconfigResult = {
  NothingToDo: 0,
  Performed: 1,
  Denied: 2,
  BadSequenceNumber: 5,
  InProgress: 6,
} as const;

const ParameterType = {
  OutgoingReset: 13,
  IncomingReset: 14,
  TsnReset: 15,
  Response: 16,
  AddOutgoingStreams: 17,
  AddIncomingStreams: 18,
} as const;

/** Undefined when the chunk contradicts itself. Parameters of unknown type are left out. */
export function parseReconfig(chunk: Chunk): Reconfig[] | undefined {
  const parameters = parseParameters(chunk.value, 0);
  if (!parameters) return undefined;
  const found: Reconfig[] = [];
  for (const { type, value } of parameters) {
    if (type < ParameterType.OutgoingReset || type > ParameterType.AddIncomingStreams) continue;
    if (value.length < 4) return undefined;
    const sequence = readUint32(value, 0);
    if (type === ParameterType.OutgoingReset) {
      if (value.length < 12 || value.length % 2 !== 0) return undefined;
      const streamIds: number[] = [];
      for (let at = 12; at < value.length; at += 2) streamIds.push(readUint16(value, at));
      found.push({
        kind: 'outgoing-reset',
        requestSequence: sequence,
        responseSequence: readUint32(value, 4),
        lastTsn: readUint32(value, 8),
        streamIds,
      });
    } else if (type === ParameterType.Response) {
      if (value.length < 8) return undefined;
      found.push({ kind: 'response', responseSequence: sequence, result: readUint32(value, 4) });
    } else {
      found.push({ kind: 'other-request', requestSequence: sequence });
    }
  }
  return found;
}

export function buildOutgoingReset(request: Omit<OutgoingReset, 'kind'>): Uint8Array {
  const value = new Uint8Array(12 + 2 * request.streamIds.length);
  writeUint32(value, 0, request.requestSequence);
  writeUint32(value, 4, request.responseSequence);
  writeUint32(value, 8, request.lastTsn);
  request.streamIds.forEach((streamId, index) => writeUint16(value, 12 + 2 * index, streamId));
  return buildChunk(ChunkType.ReConfig, 0, buildParameter(ParameterType.OutgoingReset, value));
}

export function buildReconfigResponse(responseSequence: number, result: number): Uint8Array {
  const value = new Uint8Array(8);
  writeUint32(value, 0, responseSequence);
  writeUint32(value, 4, result);
  return buildChunk(ChunkType.ReConfig, 0, buildParameter(ParameterType.Response, value));
}
