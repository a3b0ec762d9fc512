import type { AnyMessage, Message, MessageType } from '@bufbuild/protobuf';
import { valuesInBinary, valuesInJson } from '../message-values.js';
import { TwirpError } from './twirp-error.js';

/** Values that one request may have: to read them takes the time that media has to wait. */
const MAX_VALUES = 20_000;

/** The two forms of messages that Twirp knows. */
export type TwirpEncoding = 'json' | 'protobuf';

export const CONTENT_TYPES: Readonly<Record<TwirpEncoding, string>> = {
  json: 'application/json',
  protobuf: 'application/protobuf',
};

/** @throws TwirpError when it is neither of the two. */
export function encodingOf(contentType: string): TwirpEncoding {
  const mediaType = contentType.split(';')[0]?.trim().toLowerCase();
  if (mediaType === CONTENT_TYPES.json) return 'json';
  if (mediaType === CONTENT_TYPES.protobuf) return 'protobuf';
  throw new TwirpError('bad_route', `unexpected Content-Type: "${contentType}"`);
}

/** @throws TwirpError when the body is no such message. */
export function decode<T extends Message<T>>(
  type: MessageType<T>,
  encoding: TwirpEncoding,
  body: Uint8Array,
): T {
  try {
    if (encoding === 'protobuf') return type.fromBinary(body);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    return type.fromJsonString(text, { ignoreUnknownFields: true });
  } catch {
    throw new TwirpError('malformed', `the ${encoding} request could not be decoded`);
  }
}

/** As `decode`, of what anybody has sent. @throws TwirpError also when it would take long to read. */
export function decodeRequest<T extends Message<T>>(
  type: MessageType<T>,
  encoding: TwirpEncoding,
  body: Uint8Array,
): T {
  const values =
    encoding === 'protobuf'
      ? valuesInBinary(type, body, MAX_VALUES)
      : // What counts is ASCII, in whatever encoding that has it.
        valuesInJson(Buffer.from(body.buffer, body.byteOffset, body.length).toString('latin1'), MAX_VALUES);
  if (values > MAX_VALUES)
    throw new TwirpError(
      'resource_exhausted',
      `the request has more than ${MAX_VALUES} values: send several`,
    );
  return decode(type, encoding, body);
}

/** JSON with every field and the names of the .proto files, as servers written in Go answer. */
export function encode(message: AnyMessage, encoding: TwirpEncoding): Uint8Array {
  if (encoding === 'protobuf') return message.toBinary();
  const text = message.toJsonString({ emitDefaultValues: true, useProtoFieldName: true });
  return new TextEncoder().encode(text);
}
