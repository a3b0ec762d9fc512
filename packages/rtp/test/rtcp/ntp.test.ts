import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compactDuration,
  compactNtp,
  ntpFromMilliseconds,
  ntpToMilliseconds,
  roundTripTime,
} from '../../src/index.js';

describe('NTP time', () => {
  test('of 1970 is 2,208,988,800 s', () => {
    expect(ntpFromMilliseconds(0)).toEqual({ seconds: 2_208_988_800, fraction: 0 });
    expect(ntpFromMilliseconds(1500)).toEqual({ seconds: 2_208_988_801, fraction: 0x8000_0000 });
  });

  test('gives milliseconds back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000_000_000 }), (milliseconds) => {
        expect(ntpToMilliseconds(ntpFromMilliseconds(milliseconds))).toBeCloseTo(milliseconds, 3);
      }),
      { seed: 10 },
    );
  });

  test('has its middle bits as short form', () => {
    expect(compactNtp({ seconds: 0x1234_5678, fraction: 0x9abc_def0 })).toBe(0x5678_9abc);
    expect(compactNtp({ seconds: 0xffff, fraction: 0xffff_ffff })).toBe(0xffff_ffff);
  });
});

describe('roundTripTime()', () => {
  test('is the time since the sender report less the reporter’s delay', () => {
    const sent = compactNtp(ntpFromMilliseconds(1_000_000));
    const now = compactNtp(ntpFromMilliseconds(1_000_500));

    expect(roundTripTime(now, sent, compactDuration(400))).toBeCloseTo(100, 0);
  });

  test('works over the wrap of the short form', () => {
    expect(roundTripTime(65_536, 0xffff_ffff - 65_535, 65_536)).toBeCloseTo(1000, 0);
  });

  test('is unknown before the first sender report, and for impossible delays', () => {
    expect(roundTripTime(1000, 0, 0)).toBeUndefined();
    expect(roundTripTime(1000, 900, 200)).toBeUndefined();
  });
});

describe('compactDuration()', () => {
  test('stays within its 32 bits', () => {
    expect(compactDuration(1000)).toBe(65_536);
    expect(compactDuration(-5)).toBe(0);
    expect(compactDuration(1e9)).toBe(0xffff_ffff);
  });
});
