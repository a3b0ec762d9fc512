import { expect, test } from 'vitest';
import { nearestName } from '../../src/config/nearest-name.js';

test('finds the name with the fewest edits', () => {
  expect(nearestName('hots', ['host', 'port', 'guests'])).toBe('host');
  expect(nearestName('PORT', ['host', 'port'])).toBe('port');
  expect(nearestName('limits.room', ['limits.rooms', 'limits.joins'])).toBe('limits.rooms');
});

test('suggests nothing when nothing is close', () => {
  expect(nearestName('completely-different', ['host', 'port'])).toBeUndefined();
  expect(nearestName('x', [])).toBeUndefined();
});
