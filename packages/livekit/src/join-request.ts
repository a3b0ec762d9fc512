import { gunzipSync } from 'node:zlib';
import { JoinRequest, WrappedJoinRequest, WrappedJoinRequest_Compression } from '@livekit/protocol';

/** A `join_request` parameter that cannot be read. The message may be shown to the one who sent it. */
export class JoinRequestError extends Error {
  override readonly name = 'JoinRequestError';
}

/** Bytes of a JoinRequest after inflating. */
const MAX_JOIN_REQUEST_LENGTH = 1024 * 1024;
const BASE64 = /^[A-Za-z0-9_+/-]*={0,2}$/;

/**
 * Reads the `join_request` parameter of `/rtc/v1`: base64url of a WrappedJoinRequest, which holds a JoinRequest as it is
 * or gzipped.
 *
 * @throws JoinRequestError
 */
export function decodeJoinRequest(parameter: string | null): JoinRequest {
  if (parameter === null || parameter === '') throw new JoinRequestError('join_request is missing');
  if (parameter.length > MAX_JOIN_REQUEST_LENGTH * 1.4)
    throw new JoinRequestError('join_request is too long');
  if (!BASE64.test(parameter)) throw new JoinRequestError('join_request is not base64url');
  try {
    const wrapped = WrappedJoinRequest.fromBinary(Buffer.from(parameter, 'base64url'));
    return JoinRequest.fromBinary(unwrap(wrapped));
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
