import { expect, it } from 'vitest';

import { QueueDelay } from '../../src/congestion/queue-delay.js';

function report(queue: QueueDelay, now: number, delays: readonly number[]): number {
  queue.startReport(now);
  for (const delay of delays) queue.add(delay);
  return queue.current;
}

it('is nothing at first, and without packets', () => {
  const queue = new QueueDelay();
  expect(queue.current).toBe(0);
  expect(report(queue, 0, [])).toBe(0);
});

it('is what the quickest packet waited beyond the quickest ever, whatever the clocks say', () => {
  const queue = new QueueDelay();
  expect(report(queue, 0, [-5000, -4990])).toBe(0);
  expect(report(queue, 50, [-4900, -4960, -4800])).toBe(40);
});

it('forgets a shorter route within 20 s', () => {
  const queue = new QueueDelay();
  report(queue, 0, [10]);
  for (let now = 50; now < 10_000; now += 50) expect(report(queue, now, [70])).toBe(60);
  for (let now = 10_000; now < 20_000; now += 50) report(queue, now, [70]);
  expect(report(queue, 20_000, [70])).toBe(0);
});
