import { compactDuration, compactNtp, ntpFromMilliseconds } from '@parley/rtp';
import type { ReportBlock } from '@parley/rtp';
import { beforeEach, describe, expect, it } from 'vitest';

import { SenderReports } from '../../src/rtp/index.js';
import type { ClockReference } from '../../src/rtp/index.js';

const REFERENCE: ClockReference = {
  ntpSeconds: 4_000_000_000,
  ntpFraction: 0x8000_0000,
  rtpTimestamp: 0xffff_ff00,
  receivedAt: 5000,
};

let reports: SenderReports;

beforeEach(() => {
  reports = new SenderReports({ ssrc: 9, clockRate: 90_000 });
});

function block(lastSenderReport: number, delay: number): ReportBlock {
  return {
    ssrc: 9,
    fractionLost: 0,
    cumulativeLost: 0,
    extendedHighestSequence: 0,
    jitter: 0,
    lastSenderReport,
    delaySinceLastSenderReport: compactDuration(delay),
  };
}

describe('a report', () => {
  it('counts packets and octets', () => {
    reports.sent(1000);
    reports.sent(234);
    expect(reports.build(REFERENCE, 0, 5000)).toMatchObject({
      ssrc: 9,
      packetCount: 2,
      octetCount: 1234,
      reports: [],
    });
  });

  it('tells the publisher’s own clock, in the subscriber’s timestamps', () => {
    expect(reports.build(REFERENCE, 0x200, 5000)).toMatchObject({
      ntpSeconds: 4_000_000_000,
      ntpFraction: 0x8000_0000,
      rtpTimestamp: 0x100,
    });
  });

  it('tells the present moment on both clocks, however long ago the publisher’s report came', () => {
    expect(reports.build(REFERENCE, 0, 6750)).toMatchObject({
      ntpSeconds: 4_000_000_002,
      ntpFraction: 0x4000_0000,
      rtpTimestamp: 1750 * 90 - 0x100,
    });
  });

  it('lies on the line of the publisher’s clocks for every moment', () => {
    for (let now = 5000; now < 105_000; now += 7.3) {
      const { ntpSeconds, ntpFraction, rtpTimestamp } = reports.build(REFERENCE, 0, now);
      const elapsed = ntpSeconds - REFERENCE.ntpSeconds + (ntpFraction - REFERENCE.ntpFraction) / 2 ** 32;
      expect(elapsed).toBeCloseTo((now - 5000) / 1000, 6);
      expect(Math.abs(((rtpTimestamp - REFERENCE.rtpTimestamp) >>> 0) - elapsed * 90_000)).toBeLessThan(1);
    }
  });

  it('carries counts on when they pass 32 bits, and the clock when it passes its end', () => {
    reports.sent(2 ** 32 - 1);
    reports.sent(3);
    const end = { ...REFERENCE, ntpSeconds: 0xffff_ffff };
    expect(reports.build(end, 0, 5500)).toMatchObject({ octetCount: 2, ntpSeconds: 0, ntpFraction: 0 });
  });
});

describe('the round-trip time', () => {
  it('is what passed since the report, less the time the subscriber took', () => {
    const { ntpSeconds, ntpFraction } = reports.build(REFERENCE, 0, 6000);
    const named = compactNtp({ seconds: ntpSeconds, fraction: ntpFraction });
    expect(reports.roundTripTime(block(named, 500), 6580)).toBeCloseTo(80, 1);
  });

  it('is known for any of the last eight reports', () => {
    const named = Array.from({ length: 10 }, (_, index) => {
      const { ntpSeconds, ntpFraction } = reports.build(REFERENCE, 0, 6000 + index * 1000);
      return compactNtp({ seconds: ntpSeconds, fraction: ntpFraction });
    });
    const times = named.map((name) => reports.roundTripTime(block(name, 0), 16_000));
    expect(times).toEqual([undefined, undefined, 8000, 7000, 6000, 5000, 4000, 3000, 2000, 1000]);
  });

  it('is not known from a report that names none, another’s, or claims to have waited too long', () => {
    const { ntpSeconds, ntpFraction } = reports.build(REFERENCE, 0, 6000);
    const named = compactNtp({ seconds: ntpSeconds, fraction: ntpFraction });
    expect(reports.roundTripTime(block(0, 0), 7000)).toBeUndefined();
    expect(reports.roundTripTime(block(compactNtp(ntpFromMilliseconds(1)), 0), 7000)).toBeUndefined();
    expect(reports.roundTripTime(block(named, 2000), 7000)).toBeUndefined();
  });
});
