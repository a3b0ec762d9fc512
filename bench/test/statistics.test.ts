import { expect, test } from 'vitest';
import { percentile, slope } from '../src/statistics.js';

test('half of the values lie below the 50th percentile', () => {
  expect(percentile([5, 1, 4, 2, 3], 0.5)).toBe(3);
  expect(percentile([5, 1, 4, 2, 3], 0.95)).toBe(5);
  expect(percentile([], 0.5)).toBeNaN();
});

test('the slope is that of the line that fits best', () => {
  expect(
    slope([
      [100, 70],
      [200, 90],
      [300, 110],
    ]),
  ).toBeCloseTo(0.2);
  expect(
    slope([
      [0, 1],
      [1, 0],
      [2, 3],
      [3, 2],
    ]),
  ).toBeCloseTo(0.6);
});
