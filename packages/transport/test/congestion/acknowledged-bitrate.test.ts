import { beforeEach, expect, it } from 'vitest';

import { AcknowledgedBitrate } from '../../src/congestion/acknowledged-bitrate.js';

let acknowledged: AcknowledgedBitrate;

beforeEach(() => {
  acknowledged = new AcknowledgedBitrate();
});

/** Packets of 1000 bytes, one every `interval` milliseconds. */
function receive(from: number, to: number, interval: number): void {
  for (let now = from; now < to; now += interval) acknowledged.add(1000, now);
}

it('is not known before half of the window has passed', () => {
  expect(acknowledged.over(1000)).toBeUndefined();
  receive(0, 400, 10);
  expect(acknowledged.over(1000)).toBeUndefined();
  expect(acknowledged.over(200)).toBeCloseTo(800_000);
  receive(400, 600, 10);
  expect(acknowledged.over(1000)).toBeCloseTo(800_000);
});

it('follows a change after a window', () => {
  receive(0, 2000, 10);
  receive(2000, 2210, 40);
  expect(acknowledged.over(160)).toBeCloseTo(200_000, -5);
  expect(acknowledged.over(1000)).toBeGreaterThan(600_000);
});

it('counts what arrived out of order where it belongs', () => {
  receive(0, 1010, 10);
  acknowledged.add(10_000, 500);
  expect(acknowledged.over(1000)).toBeCloseTo(880_000, -3);
  expect(acknowledged.over(160)).toBeCloseTo(800_000);
});

it('a pause leaves nothing', () => {
  receive(0, 1000, 10);
  acknowledged.add(1000, 10_000);
  expect(acknowledged.over(1000)).toBe(0);
});

it('takes a clock that begins below zero, and one that is set back', () => {
  receive(-2000, -1000, 10);
  expect(acknowledged.over(500)).toBeCloseTo(800_000);
  receive(-100_000, -99_000, 20);
  expect(acknowledged.over(500)).toBeCloseTo(400_000);
});
