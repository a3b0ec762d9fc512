import {
  AddTrackRequest,
  SignalRequest,
  SyncState,
  UpdateParticipantMetadata,
  UpdateSubscription,
} from '@livekit/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { valuesInBinary, valuesInJson } from '../src/message-values.js';

const MANY = 1_000_000;

const nothing = (count: number) => Array.from({ length: count }, () => ({}));

function binary(message: SignalRequest['message']): number {
  return valuesInBinary(SignalRequest, new SignalRequest({ message }).toBinary(), MANY);
}

function json(message: SignalRequest['message']): number {
  return valuesInJson(new SignalRequest({ message }).toJsonString(), MANY);
}

describe('the values of a message', () => {
  test('are counted at every depth', () => {
    const subscription = new UpdateSubscription({
      trackSids: ['a', 'b'],
      participantTracks: [{ participantSid: 'p', trackSids: ['c', 'd'] }, {}],
    });
    const message = { case: 'syncState', value: new SyncState({ subscription }) } as const;
    // The state, the subscription, two tracks, and two participants, of which one has three values.
    expect(binary(message)).toBe(1 + 1 + 2 + 2 + 3);
    expect(json(message)).toBeGreaterThanOrEqual(1 + 1 + 2 + 2 + 3);
  });

  test('are many where the bytes are few, and few where the text is long', () => {
    const empty = { case: 'addTrack', value: new AddTrackRequest({ layers: nothing(50_000) }) } as const;
    expect(binary(empty)).toBe(50_001);
    expect(json(empty)).toBeGreaterThan(50_000);
    const metadata = '{"a":[1,2,"\\\\"]},'.repeat(50_000);
    const text = { case: 'updateMetadata', value: new UpdateParticipantMetadata({ metadata }) } as const;
    expect(binary(text)).toBe(2);
    expect(json(text)).toBeLessThan(10);
  });

  test('are counted as far as they matter', () => {
    const message = { case: 'addTrack', value: new AddTrackRequest({ layers: nothing(1_000) }) } as const;
    const request = new SignalRequest({ message });
    expect(valuesInBinary(SignalRequest, request.toBinary(), 10)).toBe(11);
    expect(valuesInJson(request.toJsonString(), 10)).toBe(11);
  });

  test('in maps and in what is packed count too', () => {
    const attributes = Object.fromEntries(nothing(1_000).map((_, index) => [`key ${index}`, 'x']));
    const map = { case: 'updateMetadata', value: new UpdateParticipantMetadata({ attributes }) } as const;
    expect(binary(map)).toBe(1 + 3 * 1_000);
    const packed = { audioFeatures: Array.from({ length: 160_000 }, () => 1) };
    expect(binary({ case: 'addTrack', value: new AddTrackRequest(packed) })).toBe(2 + 10_000);
  });

  test('that nobody knows count, those of groups too', () => {
    expect(valuesInBinary(SignalRequest, Uint8Array.of(0xf8, 0x3f, 1, 0xf8, 0x3f, 1), MANY)).toBe(2);
    expect(valuesInBinary(SignalRequest, new Uint8Array(1_000).fill(0x0b), MANY)).toBe(1_000);
  });

  test('are found in whatever bytes and text, without an error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string({ maxLength: 200 }), (bytes, text) => {
        expect(valuesInBinary(SignalRequest, bytes, MANY)).toBeLessThanOrEqual(bytes.length);
        expect(valuesInJson(text, MANY)).toBeLessThanOrEqual(text.length + 1);
      }),
      { seed: 7, numRuns: 2_000 },
    );
  });
});
