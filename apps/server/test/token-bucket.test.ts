import { expect, test } from 'vitest';
import { TokenBucket } from '../src/token-bucket.js';

test('lets a burst through, then as much as flows in', () => {
  const bucket = new TokenBucket(2, 3, 0);
  expect([1, 2, 3, 4].map(() => bucket.take(0))).toEqual([true, true, true, false]);
  expect(bucket.take(499)).toBe(false);
  expect(bucket.take(500)).toBe(true);
  expect(bucket.take(500)).toBe(false);
});

test('holds no more than a burst, however long it rests', () => {
  const bucket = new TokenBucket(1, 2, 0);
  expect([1, 2, 3].map(() => bucket.take(1_000_000))).toEqual([true, true, false]);
});

test('a refusal takes nothing', () => {
  const bucket = new TokenBucket(1, 5, 0);
  expect(bucket.take(0, 6)).toBe(false);
  expect(bucket.take(0, 5)).toBe(true);
});

test('a clock that goes back takes nothing away', () => {
  const bucket = new TokenBucket(1, 2, 1_000);
  expect(bucket.take(0)).toBe(true);
  expect(bucket.take(0)).toBe(true);
});
