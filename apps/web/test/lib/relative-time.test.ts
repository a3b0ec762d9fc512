import { expect, it } from 'vitest';
import { timeAgo } from '../../src/lib/relative-time.js';

const NOW = Date.UTC(2026, 5, 1);
const SECOND = 1000;
const HOUR = 3600 * SECOND;

it.each([
  [0, 'now'],
  [59 * SECOND, 'now'],
  [60 * SECOND, '1 minute ago'],
  [HOUR - 1, '59 minutes ago'],
  [5 * HOUR, '5 hours ago'],
  [24 * HOUR, 'yesterday'],
  [72 * HOUR, '3 days ago'],
  // Clocks of two machines differ.
  [-5 * HOUR, 'now'],
])('%i ms ago is %s', (past, said) => {
  expect(timeAgo(NOW - past, NOW, 'en')).toBe(said);
});

it('speaks other languages', () => {
  expect(timeAgo(NOW - 3 * HOUR, NOW, 'de')).toBe('vor 3 Stunden');
});
