import { expect, test } from 'vitest';
import { secondsUntil } from '../../src/presence/status-end.js';

const HOUR = 3600;
/** A Thursday. */
const NOW = new Date(2026, 0, 1, 18);

test('a status stays as long as it says, a day and a week until midnight', () => {
  expect(secondsUntil('never', NOW)).toBeNull();
  expect(secondsUntil('four_hours', NOW)).toBe(4 * HOUR);
  expect(secondsUntil('today', NOW)).toBe(6 * HOUR);
  expect(secondsUntil('week', NOW)).toBe(6 * HOUR + 3 * 24 * HOUR);
  expect(secondsUntil('week', new Date(2026, 0, 4, 18))).toBe(6 * HOUR);
  expect(secondsUntil('today', new Date(2026, 0, 1, 23, 59, 59))).toBe(60);
});
