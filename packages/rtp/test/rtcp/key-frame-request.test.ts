import { describe, expect, test } from 'vitest';
import { writeFir, writePli } from '../../src/index.js';
import { roundTrip } from './round-trip.js';

describe('PLI', () => {
  test('is read as it was written', () => {
    expect(roundTrip((out, offset) => writePli(out, offset, 0xffff_ffff, 2))).toEqual({
      type: 'pli',
      senderSsrc: 0xffff_ffff,
      mediaSsrc: 2,
    });
  });
});

describe('FIR', () => {
  test('is read as it was written, its command numbers modulo 256', () => {
    const entries = [
      { ssrc: 0xffff_ffff, sequence: 255 },
      { ssrc: 2, sequence: 256 },
    ];

    expect(roundTrip((out, offset) => writeFir(out, offset, 1, entries))).toEqual({
      type: 'fir',
      senderSsrc: 1,
      entries: [
        { ssrc: 0xffff_ffff, sequence: 255 },
        { ssrc: 2, sequence: 0 },
      ],
    });
  });
});
