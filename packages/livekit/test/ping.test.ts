import { Ping, SignalRequest, SignalResponse } from '@livekit/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerToPing } from '../src/ping.js';

const NOW = 1_795_000_000_123.7;
const timestamps = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });

function answerTo(frame: Uint8Array): SignalResponse['message'] | undefined {
  const answer = answerToPing(frame, NOW);
  return answer && SignalResponse.fromBinary(answer).message;
}

/** What is answered where protobuf reads the frame. */
function expected(frame: Uint8Array) {
  const { message } = SignalRequest.fromBinary(frame);
  const timestamp = BigInt(Math.floor(NOW));
  if (message.case === 'ping') return { case: 'pong', value: timestamp };
  if (message.case !== 'pingReq') return undefined;
  return { case: 'pongResp', value: { lastPingTimestamp: message.value.timestamp, timestamp } };
}

describe('answerToPing', () => {
  test('answers the pings of all clients as protobuf would', () => {
    fc.assert(
      fc.property(timestamps, (value) => {
        const frame = new SignalRequest({ message: { case: 'ping', value } }).toBinary();
        expect(answerTo(frame)).toEqual(expected(frame));
      }),
    );
    fc.assert(
      fc.property(timestamps, timestamps, (timestamp, rtt) => {
        const value = new Ping({ timestamp, rtt });
        const frame = new SignalRequest({ message: { case: 'pingReq', value } }).toBinary();
        expect(answerTo(frame)).toMatchObject(expected(frame)!);
      }),
    );
  });

  test('answers nothing but pings, whatever comes', () => {
    const ping = new SignalRequest({
      message: { case: 'pingReq', value: new Ping({ timestamp: 5n, rtt: 7n }) },
    });
    const others = fc.constantFrom(
      ping.toBinary(),
      new SignalRequest({ message: { case: 'ping', value: 300n } }).toBinary(),
      new SignalRequest({ message: { case: 'simulate', value: {} } }).toBinary(),
      new Uint8Array(),
    );
    const changes = fc.array(fc.tuple(fc.nat(12), fc.nat(255)), { maxLength: 3 });
    fc.assert(
      fc.property(others, changes, fc.uint8Array({ maxLength: 3 }), (frame, changed, more) => {
        const bytes = Uint8Array.of(...frame, ...more);
        for (const [index, byte] of changed) if (index < bytes.length) bytes[index] = byte;
        const answer = answerTo(bytes);
        if (answer !== undefined) expect(answer).toMatchObject(expected(bytes)!);
      }),
      { numRuns: 5_000 },
    );
  });

  test('leaves a ping that is cut off, or has more behind it, to who reads all messages', () => {
    const whole = new SignalRequest({
      message: { case: 'pingReq', value: new Ping({ timestamp: 5n, rtt: 7n }) },
    }).toBinary();
    expect(answerTo(whole)).toBeDefined();
    expect(answerTo(whole.subarray(0, -1))).toBeUndefined();
    expect(answerTo(Uint8Array.of(...whole, 0))).toBeUndefined();
    expect(answerTo(Uint8Array.of(0x70, ...Array<number>(10).fill(0x80), 1))).toBeUndefined();
  });
});
