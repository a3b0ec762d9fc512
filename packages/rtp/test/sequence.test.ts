import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sequenceDiff, SequenceUnwrapper, timestampDiff } from '../src/index.js';

describe('sequenceDiff()', () => {
  test('counts across the wrap in both directions', () => {
    expect(sequenceDiff(2, 65_534)).toBe(4);
    expect(sequenceDiff(65_534, 2)).toBe(-4);
    expect(sequenceDiff(7, 7)).toBe(0);
  });

  test('takes the greatest distance for a step back', () => {
    expect(sequenceDiff(0x8000, 0)).toBe(-0x8000);
    expect(sequenceDiff(0x7fff, 0)).toBe(0x7fff);
  });
});

describe('timestampDiff()', () => {
  test('counts across the wrap in both directions', () => {
    expect(timestampDiff(960, 0xffff_ffff)).toBe(961);
    expect(timestampDiff(0xffff_ffff, 960)).toBe(-961);
  });
});

describe('SequenceUnwrapper', () => {
  test('has no highest number before the first', () => {
    expect(new SequenceUnwrapper().highest).toBeUndefined();
  });

  test('keeps counting over wraps, and goes back for late numbers', () => {
    const unwrapper = new SequenceUnwrapper();

    expect([65_534, 65_535, 0, 65_533, 1].map((sequence) => unwrapper.unwrap(sequence))).toEqual([
      65_534, 65_535, 65_536, 65_533, 65_537,
    ]);
    expect(unwrapper.highest).toBe(65_537);

    unwrapper.unwrap(65_000);

    expect(unwrapper.highest).toBe(65_537);
  });

  test('gives a number from before the first wrap a negative value', () => {
    const unwrapper = new SequenceUnwrapper();

    unwrapper.unwrap(1);

    expect(unwrapper.unwrap(65_535)).toBe(-1);
    expect(unwrapper.unwrap(2)).toBe(2);
  });

  test('finds every number again as long as steps stay below half the range', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 65_535 }),
        fc.array(fc.integer({ min: -100, max: 32_000 }), { maxLength: 100 }),
        (start, steps) => {
          const unwrapper = new SequenceUnwrapper();
          let highest = start;

          unwrapper.unwrap(start);

          for (const step of steps) {
            const truth = highest + step;

            expect(unwrapper.unwrap(truth & 0xffff)).toBe(truth);
            highest = Math.max(highest, truth);
          }
        },
      ),
      { seed: 1 },
    );
  });
});
