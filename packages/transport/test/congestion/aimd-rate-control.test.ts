import { beforeEach, expect, it } from 'vitest';

import { AimdRateControl, type RateSignals } from '../../src/congestion/aimd-rate-control.js';

let control: AimdRateControl;
let now: number;

beforeEach(() => {
  control = new AimdRateControl({ startBitrate: 1_000_000, minBitrate: 50_000, maxBitrate: 5_000_000 });
  now = 1000;
});

/** Signals every 50 ms for some time; what arrives is what is sent, unless told. Returns how often the rate was decreased. */
function signal(duration: number, signals: Partial<RateSignals> = {}): number {
  let decreases = 0;
  for (const end = now + duration; now < end; now += 50) {
    const decreased = control.update(
      {
        usage: 'normal',
        acknowledged: control.bitrate,
        acknowledgedLong: control.bitrate,
        isApplicationLimited: false,
        holds: false,
        queueDelay: 0,
        rtt: 50,
        ...signals,
      },
      now,
    );
    if (decreased) decreases++;
  }
  return decreases;
}

it('far from any known limit it grows by 8% a second', () => {
  signal(1050);
  expect(control.bitrate).toBeCloseTo(1_080_000, -2);
  expect(control.state).toBe('increase');
});

it('an overuse brings it below what arrives, and it holds until the overuse has ended', () => {
  expect(signal(50, { usage: 'overuse', acknowledged: 800_000 })).toBe(1);
  expect(control.bitrate).toBe(0.85 * 800_000);
  expect(control.state).toBe('decrease');
  signal(200, { usage: 'underuse' });
  expect(control.state).toBe('hold');
  expect(control.bitrate).toBe(0.85 * 800_000);
});

it('an overuse that goes on brings it down again only when the first decrease could have shown', () => {
  expect(signal(250, { usage: 'overuse', acknowledged: 800_000 })).toBe(1);
  expect(signal(1000, { usage: 'overuse', acknowledged: 400_000 })).toBe(4);
  expect(control.bitrate).toBe(0.85 * 400_000);
});

it('near the capacity it grows by the same for all, large or small', () => {
  signal(50, { usage: 'overuse', acknowledged: 1_000_000 });
  signal(100);
  const before = control.bitrate;
  signal(1000);
  expect(control.bitrate - before).toBeCloseTo(9600 / 0.15, -3);
});

it('what arrives beyond the capacity shows that it was wrong', () => {
  signal(50, { usage: 'overuse', acknowledged: 1_000_000 });
  expect(control.capacity).toBe(1_000_000);
  signal(100, { acknowledgedLong: 1_200_000 });
  expect(control.capacity).toBeUndefined();
});

it('it does not grow far beyond what arrives', () => {
  signal(20_000, { acknowledged: 900_000, acknowledgedLong: 900_000 });
  expect(control.bitrate).toBe(1.5 * 900_000 + 10_000);
});

it('an application that sends little does not grow it beyond the capacity', () => {
  signal(50, { usage: 'overuse', acknowledged: 1_000_000 });
  signal(20_000, { isApplicationLimited: true });
  expect(control.bitrate).toBe(1_000_000);
});

it('an application that sends little loses at most half of it at once', () => {
  signal(50, { usage: 'overuse', acknowledged: 50_000, isApplicationLimited: true });
  expect(control.bitrate).toBe(500_000);
  expect(control.capacity).toBeUndefined();
});

it('loss forbids to grow', () => {
  signal(1000, { holds: true });
  expect(control.bitrate).toBe(1_000_000);
  expect(control.state).toBe('hold');
});

it('a queue that stands is drained once, and then taken to be of others’ making', () => {
  signal(50, { usage: 'overuse', acknowledged: 1_000_000 });
  const standing = { queueDelay: 80, acknowledged: 850_000, acknowledgedLong: 850_000 };
  expect(signal(1600, standing)).toBe(1);
  const drained = control.bitrate;
  expect(drained).toBe(0.85 * 850_000);
  expect(signal(1000, standing)).toBe(0);
  expect(control.bitrate).toBe(drained);
  expect(signal(10_000, standing)).toBe(0);
  expect(control.bitrate).toBeGreaterThan(drained);
  signal(50);
  expect(signal(1600, standing)).toBe(1);
});

it('a probe raises it at once and never lowers it', () => {
  signal(50, { usage: 'overuse', acknowledged: 1_000_000 });
  control.raise(3_000_000);
  expect(control.bitrate).toBe(3_000_000);
  expect(control.capacity).toBeUndefined();
  control.raise(100_000);
  expect(control.bitrate).toBe(3_000_000);
});

it('loss scales it, though not below what an overuse would leave', () => {
  control.scale(0.8, 700_000, 0);
  expect(control.bitrate).toBe(800_000);
  control.scale(0.1, 700_000, 0);
  expect(control.bitrate).toBe(0.85 * 700_000);
});

it('it stays within its bounds', () => {
  control.raise(1e9);
  expect(control.bitrate).toBe(5_000_000);
  for (let i = 0; i < 100; i++) control.decay(0.7);
  expect(control.bitrate).toBe(50_000);
  control.set(1);
  expect(control.bitrate).toBe(50_000);
});

it('a long silence is not made up for', () => {
  signal(50);
  now += 100_000;
  signal(50);
  expect(control.bitrate).toBeLessThan(1_030_000);
});
