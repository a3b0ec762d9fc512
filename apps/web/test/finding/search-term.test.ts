import { expect, it } from 'vitest';
import { isUnfinished } from '../../src/finding/search-term.js';

it.each(['from:', 'soup from:', 'from: soup', 'in:"', 'HAS:'])('%j is not written out', (query) => {
  expect(isUnfinished(query)).toBe(true);
});

it.each(['', 'soup', 'from:ann', 'from:ann soup', 'in:"a b"', 'http://a', 'wherefrom:'])(
  '%j can be looked for',
  (query) => expect(isUnfinished(query)).toBe(false),
);
