import { expect, it } from 'vitest';

import { ApplicationLimit } from '../../src/congestion/application-limit.js';

it('an application that sends what it may is not the limit, one that sends less is', () => {
  const limit = new ApplicationLimit();
  for (let now = 0; now < 2000; now += 10) limit.sent(1000, now);
  expect(limit.sentBitrate).toBeCloseTo(800_000, -4);
  expect(limit.isLimited(850_000)).toBe(false);
  expect(limit.isLimited(1_000_000)).toBe(true);
});

it('what was sent before a pause does not count', () => {
  const limit = new ApplicationLimit();
  for (let now = 0; now < 2000; now += 10) limit.sent(1000, now);
  limit.sent(1000, 10_000);
  expect(limit.sentBitrate).toBe(0);
});
