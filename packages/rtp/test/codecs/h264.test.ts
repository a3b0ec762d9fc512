import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isH264KeyFrameStart } from '../../src/index.js';

const detect = (...bytes: number[]) => isH264KeyFrameStart(Uint8Array.from(bytes), 0, bytes.length);

describe('isH264KeyFrameStart()', () => {
  test('knows single NAL units: IDR slices and sequence parameter sets', () => {
    expect(detect(0x65, 0)).toBe(true);
    expect(detect(0x67, 0)).toBe(true);
    expect(detect(0x41, 0)).toBe(false);
    expect(detect(0x68, 0)).toBe(false);
  });

  test('looks through aggregates', () => {
    expect(detect(0x78, 0, 2, 0x67, 0, 0, 2, 0x68, 0)).toBe(true);
    expect(detect(0x78, 0, 2, 0x68, 0, 0, 2, 0x65, 0)).toBe(true);
    expect(detect(0x78, 0, 2, 0x41, 0, 0, 2, 0x41, 0)).toBe(false);
  });

  test('knows the first part of a fragmented IDR slice, and no other', () => {
    expect(detect(0x7c, 0x85)).toBe(true);
    expect(detect(0x7c, 0x05)).toBe(false);
    expect(detect(0x7c, 0x81)).toBe(false);
  });

  test('takes no payload of less than two bytes for a start', () => {
    expect(detect()).toBe(false);
    expect(detect(0x65)).toBe(false);
  });

  test('ends on every aggregate, whatever its sizes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(isH264KeyFrameStart(Uint8Array.of(0x78, ...bytes), 0, bytes.length + 1)).toBeTypeOf('boolean');
      }),
      { seed: 14, numRuns: 2000 },
    );
  });
});
