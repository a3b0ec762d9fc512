import { RtpSender } from '@parley/transport';
import { SLOT_SIZE } from '@parley/wire';
import { describe, expect, test } from 'vitest';
import { RED_MALFORMED, RedStripper } from '../src/red-stripper.js';

const RED = { mimeType: 'audio/red', payloadType: 63, clockRate: 48_000 };
const OPUS = { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000 };

function sender(...codecs: (typeof OPUS)[]): RtpSender {
  return new RtpSender(
    { mid: '0', kind: 'audio', codecs },
    {
      wireSession: 0,
      random: (bytes) => new Uint8Array(bytes),
      onTransportSequence: () => undefined,
      onClosed: () => undefined,
    },
  );
}

describe('RedStripper.between()', () => {
  test('is needed where the subscriber has no RED, or another number for opus', () => {
    const source = [RED, OPUS];
    expect(RedStripper.between(source, sender(OPUS))?.payloadType).toBe(63);
    expect(RedStripper.between(source, sender({ ...OPUS, payloadType: 109 }, RED))?.payloadType).toBe(63);
    expect(RedStripper.between(source, sender(OPUS, { ...RED, payloadType: 64 }))).toBeUndefined();
    expect(RedStripper.between([OPUS], sender(OPUS))).toBeUndefined();
  });
});

describe('RedStripper.strip()', () => {
  const stripper = new RedStripper(63);
  /** Two blocks: one of 3 bytes, 960 ticks older, and the packet's own. */
  const payload = [0x80 | 111, 960 >> 6, (960 & 0x3f) << 2, 3, 111, 1, 2, 3, 21, 22, 23, 24];
  const pool = new Uint8Array(3 * SLOT_SIZE);
  const OFFSET = 20;
  pool.set(payload, 2 * SLOT_SIZE + OFFSET);
  const word = (length: number) => OFFSET | (length << 16);

  test('points at the block of the packet itself', () => {
    const stripped = stripper.strip(63, word(payload.length), pool, 2);
    const start = 2 * SLOT_SIZE + (stripped & 0xffff);
    expect([...pool.subarray(start, start + (stripped >>> 16))]).toEqual([21, 22, 23, 24]);
  });

  test('leaves packets of other payload types as they are', () => {
    expect(stripper.strip(111, word(payload.length), pool, 2)).toBe(word(payload.length));
  });

  test('finds nothing in what ends too early', () => {
    for (let length = 0; length < 9; length++)
      expect(stripper.strip(63, word(length), pool, 2)).toBe(RED_MALFORMED);
  });
});
