import { gunzipSync } from 'node:zlib';
import {
  ClientInfo,
  ClientInfo_Capability,
  ClientInfo_SDK,
  ConnectionSettings,
  JoinRequest,
  WrappedJoinRequest,
  WrappedJoinRequest_Compression,
} from '@livekit/protocol';
import { z } from 'zod';
import { valuesInBinary } from './message-values.js';

/**
 * The two paths of LiveKit's signalling: on `/rtc/v1` a client asks in one message and has one connection for both directions,
 * on `/rtc` it asks in query parameters and has a connection for each, or asks as on `/rtc/v1`.
 */
export type SignalVersion = 'v0' | 'v1';

/** A request to join that cannot be read. The message may be shown to the one who sent it. */
export class JoinRequestError extends Error {
  override readonly name = 'JoinRequestError';
}

/** Bytes of a JoinRequest after inflating. */
const MAX_JOIN_REQUEST_LENGTH = 1024 * 1024;
/** Values of it, which take time to read whatever their length. */
const MAX_JOIN_REQUEST_VALUES = 10_000;
/** Bytes of the `attributes` parameter of `/rtc`; the limit of what they hold is lower. */
const MAX_ATTRIBUTES_LENGTH = 256 * 1024;
const BASE64 = /^[A-Za-z0-9_+/-]*={0,2}$/;
const attributesSchema = z.record(z.string(), z.string());
/** By what clients call themselves. */
const SDKS: ReadonlyMap<string, ClientInfo_SDK> = new Map([
  ['js', ClientInfo_SDK.JS],
  ['swift', ClientInfo_SDK.SWIFT],
  ['android', ClientInfo_SDK.ANDROID],
  ['flutter', ClientInfo_SDK.FLUTTER],
  ['go', ClientInfo_SDK.GO],
  ['unity', ClientInfo_SDK.UNITY],
  ['reactnative', ClientInfo_SDK.REACT_NATIVE],
  ['rust', ClientInfo_SDK.RUST],
  ['python', ClientInfo_SDK.PYTHON],
  ['cpp', ClientInfo_SDK.CPP],
  ['node', ClientInfo_SDK.NODE],
]);
const CAPABILITIES: ReadonlyMap<string, ClientInfo_Capability> = new Map([
  ['CAP_PACKET_TRAILER', ClientInfo_Capability.CAP_PACKET_TRAILER],
  ['CAP_COMPRESSION_DEFLATE_RAW', ClientInfo_Capability.CAP_COMPRESSION_DEFLATE_RAW],
]);

/**
 * What a client asks for, and whether it has a connection for each direction: as in LiveKit, not the path decides that, but
 * whether the request comes as one message.
 *
 * @throws JoinRequestError
 */
export function readJoinRequest(
  version: SignalVersion,
  query: URLSearchParams,
): { request: JoinRequest; isDual: boolean } {
  const parameter = query.get('join_request') ?? '';
  return version === 'v1' || parameter !== ''
    ? { request: decodeJoinRequest(parameter), isDual: false }
    : { request: queryJoinRequest(query), isDual: true };
}

/**
 * Reads the `join_request` parameter of `/rtc/v1`: base64url of a WrappedJoinRequest, which holds a JoinRequest as it is
 * or gzipped.
 *
 * @throws JoinRequestError
 */
export function decodeJoinRequest(parameter: string): JoinRequest {
  if (parameter === '') throw new JoinRequestError('join_request is missing');
  if (parameter.length > MAX_JOIN_REQUEST_LENGTH * 1.4)
    throw new JoinRequestError('join_request is too long');
  if (!BASE64.test(parameter)) throw new JoinRequestError('join_request is not base64url');
  try {
    const wrapped = WrappedJoinRequest.fromBinary(Buffer.from(parameter, 'base64url'));
    const bytes = unwrap(wrapped);
    if (valuesInBinary(JoinRequest, bytes, MAX_JOIN_REQUEST_VALUES) > MAX_JOIN_REQUEST_VALUES)
      throw new JoinRequestError(`join_request has more than ${MAX_JOIN_REQUEST_VALUES} values`);
    return JoinRequest.fromBinary(bytes);
  } catch (error) {
    if (error instanceof JoinRequestError) throw error;
    throw new JoinRequestError('join_request cannot be decoded');
  }
}

function unwrap(wrapped: WrappedJoinRequest): Uint8Array {
  switch (wrapped.compression) {
    case WrappedJoinRequest_Compression.NONE:
      if (wrapped.joinRequest.length > MAX_JOIN_REQUEST_LENGTH)
        throw new JoinRequestError('join_request is too long');
      return wrapped.joinRequest;
    case WrappedJoinRequest_Compression.GZIP:
      // Inflating stops at the limit, so a small request cannot make much memory.
      return gunzipSync(wrapped.joinRequest, { maxOutputLength: MAX_JOIN_REQUEST_LENGTH });
    default:
      throw new JoinRequestError('join_request has an unknown compression');
  }
}

/**
 * Reads the query parameters of `/rtc`; those that are missing have LiveKit's defaults.
 *
 * @throws JoinRequestError
 */
export function queryJoinRequest(query: URLSearchParams): JoinRequest {
  const text = (name: string): string => query.get(name) ?? '';
  const flag = (name: string): boolean => ['1', 'true'].includes(text(name));
  const number = (name: string): number => (/^\d{1,9}$/.test(text(name)) ? Number(text(name)) : 0);
  return new JoinRequest({
    clientInfo: new ClientInfo({
      sdk: SDKS.get(text('sdk')) ?? ClientInfo_SDK.UNKNOWN,
      version: text('version'),
      protocol: number('protocol'),
      clientProtocol: number('client_protocol'),
      os: text('os'),
      osVersion: text('os_version'),
      deviceModel: text('device_model'),
      browser: text('browser'),
      browserVersion: text('browser_version'),
      network: text('network'),
      capabilities: text('capabilities')
        .split(',')
        .flatMap((name) => CAPABILITIES.get(name) ?? []),
    }),
    connectionSettings: new ConnectionSettings({
      autoSubscribe: text('auto_subscribe') === '' || flag('auto_subscribe'),
      adaptiveStream: flag('adaptive_stream'),
    }),
    participantAttributes: decodeAttributes(text('attributes')),
    reconnect: flag('reconnect'),
    participantSid: text('sid'),
  });
}

function decodeAttributes(parameter: string): Record<string, string> {
  if (parameter === '') return {};
  if (parameter.length > MAX_ATTRIBUTES_LENGTH) throw new JoinRequestError('attributes is too long');
  if (!BASE64.test(parameter)) throw new JoinRequestError('attributes is not base64url');
  try {
    const json: unknown = JSON.parse(Buffer.from(parameter, 'base64url').toString('utf8'));
    return attributesSchema.parse(json);
  } catch {
    throw new JoinRequestError('attributes is not JSON of strings');
  }
}
