import { gzipSync } from 'node:zlib';
import {
  ClientInfo_Capability,
  ClientInfo_SDK,
  JoinRequest,
  WrappedJoinRequest,
  WrappedJoinRequest_Compression,
} from '@livekit/protocol';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JoinRequestError, decodeJoinRequest, queryJoinRequest } from '../src/join-request.js';
import { fixture, joinParameter } from './support/harness.js';

function wrap(joinRequest: Uint8Array, compression: number = WrappedJoinRequest_Compression.NONE): string {
  const wrapped = WrappedJoinRequest.fromJson({
    joinRequest: Buffer.from(joinRequest).toString('base64'),
    compression,
  });
  return Buffer.from(wrapped.toBinary()).toString('base64url');
}

describe('decodeJoinRequest()', () => {
  const request = new JoinRequest({
    metadata: 'm',
    publisherOffer: { type: 'offer', sdp: fixture('chromium-join'), id: 1 },
  });

  test('reads a gzipped request', () => {
    expect(decodeJoinRequest(joinParameter(request)).toJson()).toEqual(request.toJson());
  });

  test('reads a request that is not compressed, with and without padding', () => {
    const parameter = wrap(request.toBinary());
    expect(decodeJoinRequest(parameter).metadata).toBe('m');
    expect(decodeJoinRequest(`${parameter}=`).metadata).toBe('m');
  });

  test('refuses one of more values than it has reason to have, which would take long to read', () => {
    const addTrackRequests = Array.from({ length: 10_001 }, () => ({}));
    expect(() => decodeJoinRequest(joinParameter({ addTrackRequests }))).toThrow(
      'join_request has more than 10000 values',
    );
    expect(decodeJoinRequest(joinParameter({ addTrackRequests: addTrackRequests.slice(10) }))).toBeDefined();
  });

  test.each([
    ['none', '', 'is missing'],
    ['other characters than those of base64', 'a b', 'not base64url'],
    ['bytes that are no message', Buffer.from([0xff, 0xff]).toString('base64url'), 'cannot be decoded'],
    [
      'a message that is no gzip',
      wrap(Uint8Array.of(1, 2, 3), WrappedJoinRequest_Compression.GZIP),
      'cannot be decoded',
    ],
    [
      'gzip of what is no message',
      wrap(gzipSync(Uint8Array.of(0xff)), WrappedJoinRequest_Compression.GZIP),
      'cannot be decoded',
    ],
    ['an unknown compression', wrap(new Uint8Array(0), 9), 'unknown compression'],
    ['more than 2 MiB', 'A'.repeat(2 * 1024 * 1024), 'too long'],
    ['more than 1 MiB in itself', wrap(new Uint8Array(1024 * 1024 + 1)), 'too long'],
  ])('refuses %s', (_what, parameter, sentence) => {
    expect(() => decodeJoinRequest(parameter)).toThrow(JoinRequestError);
    expect(() => decodeJoinRequest(parameter)).toThrow(sentence);
  });

  test('stops inflating a small request at 1 MiB', () => {
    const bomb = wrap(gzipSync(new Uint8Array(64 * 1024 * 1024)), WrappedJoinRequest_Compression.GZIP);
    expect(bomb.length).toBeLessThan(128 * 1024);
    expect(() => decodeJoinRequest(bomb)).toThrow('cannot be decoded');
  });

  test('throws nothing but its own error, whatever comes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 0, max: 3 }), (bytes, compression) => {
        for (const parameter of [Buffer.from(bytes).toString('base64url'), wrap(bytes, compression)]) {
          try {
            decodeJoinRequest(parameter);
          } catch (error) {
            expect(error).toBeInstanceOf(JoinRequestError);
          }
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe('queryJoinRequest()', () => {
  const attributes = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

  test('reads what clients of /rtc say in query parameters', () => {
    const request = queryJoinRequest(
      new URLSearchParams({
        sdk: 'reactnative',
        version: '2.1.0',
        protocol: '15',
        client_protocol: '1',
        capabilities: 'CAP_PACKET_TRAILER,CAP_OF_TOMORROW',
        auto_subscribe: '0',
        adaptive_stream: 'true',
        attributes: attributes({ hand: 'up' }),
        reconnect: '1',
        sid: 'PA_abc',
      }),
    );
    expect(request).toMatchObject({
      clientInfo: {
        sdk: ClientInfo_SDK.REACT_NATIVE,
        version: '2.1.0',
        protocol: 15,
        clientProtocol: 1,
        capabilities: [ClientInfo_Capability.CAP_PACKET_TRAILER],
      },
      connectionSettings: { autoSubscribe: false, adaptiveStream: true },
      participantAttributes: { hand: 'up' },
      reconnect: true,
      participantSid: 'PA_abc',
    });
  });

  test('has defaults for what is missing or no number', () => {
    const request = queryJoinRequest(new URLSearchParams({ protocol: '-1', sdk: 'unheard-of' }));
    expect(request).toMatchObject({
      clientInfo: { sdk: ClientInfo_SDK.UNKNOWN, protocol: 0 },
      connectionSettings: { autoSubscribe: true, adaptiveStream: false },
      participantAttributes: {},
      reconnect: false,
      participantSid: '',
    });
  });

  test.each([
    ['not base64url', '{}'],
    ['not JSON', Buffer.from('{').toString('base64url')],
    ['a list', attributes(['a'])],
    ['of other values than strings', attributes({ hand: 1 })],
    ['too long', 'A'.repeat(300_000)],
  ])('refuses attributes that are %s', (_, value) => {
    expect(() => queryJoinRequest(new URLSearchParams({ attributes: value }))).toThrow(JoinRequestError);
  });
});
