import { beforeEach, expect, it } from 'vitest';

import { LossBasedControl } from '../../src/congestion/loss-based-control.js';

const RTT = 50;

let control: LossBasedControl;
let now: number;

beforeEach(() => {
  control = new LossBasedControl();
  now = 0;
});

/** Feedback every 50 ms for some time, of ten packets each of which a share is lost. Returns what the rate comes to. */
function lose(share: number, duration: number, queueDelay = 0): number {
  let rate = 1;
  let owed = 0;
  for (const end = now + duration; now < end; now += 50) {
    owed += share * 10;
    const lost = Math.floor(owed);
    owed -= lost;
    rate *= control.update(10 - lost, lost, queueDelay, RTT, now);
  }
  return rate;
}

it('no loss, and little, leave the rate alone', () => {
  expect(lose(0, 5000)).toBe(1);
  expect(lose(0.05, 5000)).toBe(1);
  expect(control.holds).toBe(false);
  expect(control.ratio).toBeCloseTo(0.05);
});

it('little loss while queues fill keeps the rate from growing', () => {
  expect(lose(0.05, 1000, 40)).toBe(1);
  expect(control.holds).toBe(true);
  lose(0, 1000, 40);
  expect(control.holds).toBe(false);
});

it('heavy loss cuts the rate to what was not lost', () => {
  expect(lose(0.5, 300)).toBeCloseTo(0.5);
  expect(control.holds).toBe(true);
});

it('what is told soon after a cut was sent before it and does not count', () => {
  lose(0.5, 300);
  expect(lose(0.5, 200)).toBe(1);
});

it('loss that stays whatever the rate is the path’s own', () => {
  const rate = lose(0.19, 20_000);
  expect(rate).toBeGreaterThan(0.75);
  expect(control.inherent).toBeCloseTo(0.19, 1);
  expect(control.holds).toBe(false);
});

it('loss that stays while queues are full is congestion', () => {
  expect(lose(0.19, 20_000, 100)).toBeLessThan(0.1);
  expect(control.inherent).toBe(0);
});

it('loss that a cut ended was congestion, however often', () => {
  for (let i = 0; i < 5; i++) {
    expect(lose(0.3, 300)).toBeLessThan(0.8);
    expect(lose(0, 3000)).toBe(1);
  }
  expect(control.inherent).toBeLessThan(0.01);
});

it('a path that stops losing is known again as clean', () => {
  lose(0.19, 10_000);
  lose(0, 10_000);
  expect(control.inherent).toBeLessThan(0.01);
  expect(lose(0.3, 300)).toBeLessThan(0.75);
});

it('a handful of packets proves nothing', () => {
  expect(control.update(3, 3, 0, RTT, 0)).toBe(1);
  expect(control.update(3, 3, 0, RTT, 1000)).toBe(1);
  expect(control.ratio).toBe(0);
});
