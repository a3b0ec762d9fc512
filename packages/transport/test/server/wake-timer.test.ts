import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WakeTimer } from '../../src/server/wake-timer.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A timer at time 0, and when it has woken. */
function setup() {
  const start = performance.now();
  const now = () => performance.now() - start;
  const woken: number[] = [];
  return { timer: new WakeTimer(() => woken.push(now())), woken, now };
}

test('wakes once for what is due first, in whatever order it is told', () => {
  const { timer, woken } = setup();
  for (const next of [500, 120, 300]) timer.arm(next, 0);
  vi.advanceTimersByTime(600);
  expect(woken).toEqual([120]);
});

test('wakes at the very time for what is due at once, and in steps for what is due later', () => {
  const { timer, woken, now } = setup();
  timer.arm(3, 0);
  vi.advanceTimersByTime(3);
  timer.arm(21, now());
  vi.advanceTimersByTime(100);
  expect(woken).toEqual([3, 30]);
});

test('wakes once a second where nothing is due, so that a thread that stood still is noticed', () => {
  const { timer, woken } = setup();
  timer.arm(Infinity, 0);
  vi.advanceTimersByTime(5_000);
  expect(woken).toEqual([1_000]);
});

test('wakes no more when it is closed', () => {
  const { timer, woken } = setup();
  timer.arm(100, 0);
  timer.close();
  timer.arm(200, 0);
  vi.advanceTimersByTime(5_000);
  expect(woken).toEqual([]);
});
