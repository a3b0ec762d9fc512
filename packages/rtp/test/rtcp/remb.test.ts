import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeRemb } from '../../src/index.js';
import { roundTrip } from './round-trip.js';

function bitrateAfterRoundTrip(bitrate: number): number {
  const packet = roundTrip((out, offset) => writeRemb(out, offset, 1, bitrate, [2, 0xffff_ffff]));

  expect(packet).toMatchObject({ type: 'remb', senderSsrc: 1, ssrcs: [2, 0xffff_ffff] });
  return packet?.type === 'remb' ? packet.bitrate : Number.NaN;
}

describe('REMB', () => {
  test('tells bitrates of up to 18 bits exactly', () => {
    expect(bitrateAfterRoundTrip(0)).toBe(0);
    expect(bitrateAfterRoundTrip(262_143)).toBe(262_143);
    expect(bitrateAfterRoundTrip(262_144)).toBe(262_144);
  });

  test('rounds greater ones down by less than one part in 100,000', () => {
    fc.assert(
      fc.property(fc.integer({ min: 262_144, max: 10_000_000_000 }), (bitrate) => {
        const told = bitrateAfterRoundTrip(bitrate);

        expect(told).toBeLessThanOrEqual(bitrate);
        expect(told).toBeGreaterThan(bitrate * (1 - 1e-5));
      }),
      { seed: 9 },
    );
  });
});
