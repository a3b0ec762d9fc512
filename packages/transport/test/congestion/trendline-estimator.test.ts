import { expect, it } from 'vitest';

import { randomNumbers } from '../random.js';
import { TrendlineEstimator } from '../../src/congestion/trendline-estimator.js';

/** The trend after groups every 10 ms, each delayed as told. */
function trendOf(groups: number, delay: (group: number) => number, offset = 0): number {
  const estimator = new TrendlineEstimator();
  for (let group = 0; group < groups; group++) estimator.add(group * 10, group * 10 + delay(group) + offset);
  return estimator.trend;
}

it('is zero as long as the delay stays', () => {
  expect(trendOf(100, () => 30)).toBeCloseTo(0, 9);
});

it('says nothing before it saw 20 groups', () => {
  expect(trendOf(19, (group) => group)).toBe(0);
  expect(trendOf(20, (group) => group)).toBeGreaterThan(0);
});

it('is the slope of the delay, weighted', () => {
  // A millisecond more with each group, which arrive 11 ms apart.
  expect(trendOf(200, (group) => group)).toBeCloseTo((1 / 11) * 60 * 4, 1);
  expect(trendOf(200, (group) => -group)).toBeCloseTo((-1 / 9) * 60 * 4, 1);
});

it('does not depend on how far apart the clocks are', () => {
  const delay = (group: number) => group * 0.3;
  expect(trendOf(200, delay, 1e9)).toBeCloseTo(trendOf(200, delay), 3);
});

it('stays small under jitter', () => {
  const random = randomNumbers(1);
  expect(Math.abs(trendOf(500, () => random() * 10))).toBeLessThan(6);
});
