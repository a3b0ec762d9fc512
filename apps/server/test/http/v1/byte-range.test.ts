import { expect, test } from 'vitest';
import { readRange } from '../../../src/http/v1/byte-range.js';

test.each([
  [undefined, 'all'],
  ['bytes=0-', { start: 0, end: 9 }],
  ['bytes=0-0', { start: 0, end: 0 }],
  ['bytes=3-5', { start: 3, end: 5 }],
  ['bytes=3-50', { start: 3, end: 9 }],
  ['bytes=-4', { start: 6, end: 9 }],
  ['bytes=-40', { start: 0, end: 9 }],
  ['bytes=-0', undefined],
  ['bytes=10-', undefined],
  ['bytes=10-12', undefined],
  ['bytes=5-3', 'all'],
  ['bytes=0-1,3-4', 'all'],
  ['bytes=', 'all'],
  ['bytes=-', 'all'],
  ['lines=1-2', 'all'],
])('%s of ten bytes', (header, range) => {
  expect(readRange(header, 10)).toEqual(range);
});
