import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeNack } from '../../src/index.js';
import { roundTrip } from './round-trip.js';

describe('NACK', () => {
  test('packs 17 numbers in a row into one entry, over the wrap too', () => {
    const sequences = Array.from({ length: 17 }, (_, index) => (65_530 + index) & 0xffff);
    const out = new Uint8Array(64);

    expect(writeNack(out, 0, 1, 2, sequences, sequences.length)).toBe(16);
    expect(roundTrip((buffer, offset) => writeNack(buffer, offset, 1, 2, sequences, 17))).toEqual({
      type: 'nack',
      senderSsrc: 1,
      mediaSsrc: 2,
      sequences,
    });
  });

  test('starts a new entry for a number farther away', () => {
    expect(writeNack(new Uint8Array(64), 0, 1, 2, [1, 18], 2)).toBe(20);
  });

  test('asks only for the first numbers of the list', () => {
    expect(
      roundTrip((out, offset) => writeNack(out, offset, 1, 2, Uint16Array.of(5, 6, 7), 2)),
    ).toMatchObject({
      sequences: [5, 6],
    });
  });

  test('is read as the same set of numbers, in whatever order they were given', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 65_535 }), { maxLength: 200 }),
        fc.boolean(),
        (numbers, sorted) => {
          const sequences = sorted ? numbers.toSorted((a, b) => a - b) : numbers;
          const packet = roundTrip((out, offset) =>
            writeNack(out, offset, 1, 2, sequences, sequences.length),
          );
          const read = packet?.type === 'nack' ? packet.sequences : [];

          expect(read.toSorted((a, b) => a - b)).toEqual(numbers.toSorted((a, b) => a - b));
        },
      ),
      { seed: 8 },
    );
  });
});
