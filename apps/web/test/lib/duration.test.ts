import { expect, it } from 'vitest';
import { formatDuration } from '../../src/lib/duration.js';

it('writes durations as on a clock', () => {
  expect(formatDuration(0)).toBe('0:00');
  expect(formatDuration(-50)).toBe('0:00');
  expect(formatDuration(65_999)).toBe('1:05');
  expect(formatDuration(3_729_000)).toBe('1:02:09');
});
