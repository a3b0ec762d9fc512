import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  extensionLength,
  extensionProfile,
  findExtension,
  ONE_BYTE_PROFILE,
  readAbsSendTime,
  readAudioLevel,
  readName,
  readTransportSequence,
  TWO_BYTE_PROFILE,
  VOICE_ACTIVITY,
  writeExtensions,
  type HeaderExtension,
} from '../src/index.js';

/** Writes a block at an odd place of a buffer; gives where its elements are. */
function write(profile: number, elements: HeaderExtension[]) {
  const buffer = new Uint8Array(2048).fill(0xee);
  const offset = 7;
  const size = writeExtensions(buffer, offset, profile, elements);

  return { buffer, size, offset: offset + 4, length: size - 4, twoByte: profile !== ONE_BYTE_PROFILE };
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

describe('findExtension()', () => {
  test.each([
    ['one-byte', ONE_BYTE_PROFILE],
    ['two-byte', TWO_BYTE_PROFILE],
  ])('finds each element of a %s block', (_, profile) => {
    const block = write(profile, [
      { id: 1, data: Uint8Array.of(0x85) },
      { id: 4, data: ascii('video0') },
      { id: 14, data: Uint8Array.of(0xab, 0xcd) },
    ]);
    const find = (id: number) => findExtension(block.buffer, block.offset, block.length, block.twoByte, id);

    expect(readAudioLevel(block.buffer, find(1), block.twoByte)).toBe(VOICE_ACTIVITY | 5);
    expect(readName(block.buffer, find(4), block.twoByte)).toBe('video0');
    expect(readTransportSequence(block.buffer, find(14), block.twoByte)).toBe(0xabcd);
    expect(find(2)).toBe(-1);
  });

  test('skips padding between elements', () => {
    const buffer = Uint8Array.of(0, 0x10, 0xaa, 0, 0, 0x21, 0xbb, 0xcc);

    expect(findExtension(buffer, 0, 8, false, 2)).toBe(6);
  });

  test('finds nothing behind the id that stops a one-byte block', () => {
    const buffer = Uint8Array.of(0xf0, 0, 0x10, 0xaa);

    expect(findExtension(buffer, 0, 4, false, 1)).toBe(-1);
  });

  test('refuses an element that runs past the block', () => {
    const oneByte = Uint8Array.of(0x1f, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
    const twoByte = Uint8Array.of(1, 3, 0xaa, 0xbb, 0xcc);

    expect(findExtension(oneByte, 0, 16, false, 1)).toBe(-1);
    expect(findExtension(oneByte, 0, 17, false, 1)).toBe(1);
    expect(findExtension(twoByte, 0, 4, true, 1)).toBe(-1);
    expect(findExtension(twoByte, 0, 5, true, 1)).toBe(2);
  });

  test('finds only what lies within the block, whatever its bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 64 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 255 }),
        (bytes, twoByte, id) => {
          const at = findExtension(bytes, 0, bytes.length, twoByte, id);

          if (at !== -1) {
            expect(at + extensionLength(bytes, at, twoByte)).toBeLessThanOrEqual(bytes.length);
          }
        },
      ),
      { seed: 2, numRuns: 2000 },
    );
  });
});

describe('readers', () => {
  test('tell elements that are too short for what they should hold', () => {
    const { buffer, offset } = write(TWO_BYTE_PROFILE, [{ id: 1, data: new Uint8Array(0) }]);

    expect(readAudioLevel(buffer, offset + 2, true)).toBe(-1);
    expect(readTransportSequence(buffer, offset + 2, true)).toBe(-1);
    expect(readAbsSendTime(buffer, offset + 2, true)).toBe(-1);
    expect(readName(buffer, offset + 2, true)).toBe('');
  });

  test('read absolute send time', () => {
    const { buffer, offset } = write(ONE_BYTE_PROFILE, [{ id: 1, data: Uint8Array.of(1, 2, 3) }]);

    expect(readAbsSendTime(buffer, offset + 1, false)).toBe(0x010203);
  });

  test('refuse names that are too long or not printable', () => {
    const long = write(TWO_BYTE_PROFILE, [{ id: 1, data: ascii('a'.repeat(17)) }]);
    const binary = write(TWO_BYTE_PROFILE, [{ id: 1, data: Uint8Array.of(0x61, 0x0a) }]);

    expect(readName(long.buffer, long.offset + 2, true)).toBe('');
    expect(readName(binary.buffer, binary.offset + 2, true)).toBe('');
  });
});

describe('writeExtensions()', () => {
  test('pads to four bytes with zeros and counts words', () => {
    const { buffer, size } = write(ONE_BYTE_PROFILE, [{ id: 3, data: Uint8Array.of(1, 2) }]);

    expect([...buffer.subarray(7, 7 + size)]).toEqual([0xbe, 0xde, 0, 1, 0x31, 1, 2, 0]);
    expect(buffer[7 + size]).toBe(0xee);
  });

  test('refuses what does not fit the form', () => {
    const one = (element: HeaderExtension) => () => write(ONE_BYTE_PROFILE, [element]);
    const two = (element: HeaderExtension) => () => write(TWO_BYTE_PROFILE, [element]);

    expect(one({ id: 15, data: Uint8Array.of(1) })).toThrow(RangeError);
    expect(one({ id: 1, data: new Uint8Array(0) })).toThrow(RangeError);
    expect(one({ id: 1, data: new Uint8Array(17) })).toThrow(RangeError);
    expect(two({ id: 0, data: Uint8Array.of(1) })).toThrow(RangeError);
    expect(two({ id: 1, data: new Uint8Array(256) })).toThrow(RangeError);
  });
});

describe('extensionProfile()', () => {
  test('takes the two-byte form only where it must', () => {
    expect(extensionProfile([{ id: 14, data: new Uint8Array(16) }])).toBe(ONE_BYTE_PROFILE);
    expect(extensionProfile([{ id: 15, data: new Uint8Array(1) }])).toBe(TWO_BYTE_PROFILE);
    expect(extensionProfile([{ id: 1, data: new Uint8Array(17) }])).toBe(TWO_BYTE_PROFILE);
    expect(extensionProfile([{ id: 1, data: new Uint8Array(0) }])).toBe(TWO_BYTE_PROFILE);
  });
});
