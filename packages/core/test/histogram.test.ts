import { expect, test } from 'vitest';
import { Histogram } from '../src/index.js';

test('counts a value in the first bucket that holds it, and what is greater than all in one more', () => {
  const histogram = new Histogram([1, 2]);
  for (const value of [0, 1, 1.5, 2, 2.1, 100]) histogram.observe(value);
  expect(histogram.snapshot()).toEqual({ bounds: [1, 2], counts: [2, 2, 2], sum: 106.6 });
});

test('a snapshot stays as it is', () => {
  const histogram = new Histogram([1]);
  const before = histogram.snapshot();
  histogram.observe(1);
  expect(before.counts).toEqual([0, 0]);
});
