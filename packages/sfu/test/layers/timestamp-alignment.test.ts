import { switchedTimestampOffset } from '@parley/sfu';
import type { ClockReference } from '@parley/transport';
import { describe, expect, test } from 'vitest';

const CLOCK_RATE = 90_000;
/** Where the RTP clocks of two layers stood at second 0 of their sender. */
const ORIGINS = { low: 0xffff_f000, high: 123_456_789 };

/** A sender report of one layer. @param at Milliseconds of the sender's clock. */
function report(layer: 'low' | 'high', at: number): ClockReference {
  return {
    ntpSeconds: (0xffff_ffff + Math.floor(at / 1000)) >>> 0,
    ntpFraction: Math.floor(((at % 1000) / 1000) * 2 ** 32),
    rtpTimestamp: rtpTime(layer, at),
    receivedAt: 0,
  };
}

function rtpTime(layer: 'low' | 'high', at: number): number {
  return (ORIGINS[layer] + (at * CLOCK_RATE) / 1000) >>> 0;
}

/**
 * Switches from low to high; gives how many ticks later than the last picture the subscriber sees the first.
 *
 * @param lastAt When the last picture of low was taken, and `firstAt` the first of high.
 */
function switchLayers({
  lastAt,
  firstAt,
  elapsed = firstAt - lastAt,
  reports = true,
  previousOffset = 777,
}: {
  lastAt: number;
  firstAt: number;
  elapsed?: number;
  reports?: boolean;
  previousOffset?: number;
}) {
  const timestamp = rtpTime('high', firstAt);
  const lastTimestamp = (rtpTime('low', lastAt) - previousOffset) | 0;
  const offset = switchedTimestampOffset({
    clockRate: CLOCK_RATE,
    previousOffset,
    previousReference: reports ? report('low', 700) : undefined,
    reference: reports ? report('high', 1900) : undefined,
    timestamp,
    lastTimestamp,
    elapsed,
  });
  expect(offset).toBe(offset | 0);
  return (timestamp - offset - lastTimestamp) | 0;
}

describe('switchedTimestampOffset()', () => {
  test('keeps the distance of the pictures by the sender reports, whenever they arrived', () => {
    expect(switchLayers({ lastAt: 5000, firstAt: 5100, elapsed: 37 })).toBe(9000);
    expect(switchLayers({ lastAt: 5000, firstAt: 5100, elapsed: 37, previousOffset: -0x7fff_ffff })).toBe(
      9000,
    );
  });

  test('goes by the time that passed before the reports have come', () => {
    expect(switchLayers({ lastAt: 5000, firstAt: 5100, elapsed: 50, reports: false })).toBe(4500);
  });

  test('does not believe reports that lead far away', () => {
    expect(switchLayers({ lastAt: 5000, firstAt: 65_000, elapsed: 50 })).toBe(4500);
  });

  test('a picture that was taken before the last one still comes after it', () => {
    expect(switchLayers({ lastAt: 5000, firstAt: 4967, elapsed: 20 })).toBe(1);
    expect(switchLayers({ lastAt: 5000, firstAt: 5000, elapsed: 0, reports: false })).toBe(1);
  });
});
