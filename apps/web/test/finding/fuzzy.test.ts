import { expect, test } from 'vitest';
import { fuzzyMatch } from '../../src/finding/fuzzy.js';

const scoreOf = (query: string, name: string) => fuzzyMatch(query, name)?.score ?? 0;

test('the beginning of a name fits better than that of a word, that better than its middle, and letters apart least', () => {
  const scores = ['soup-recipes', 'tomato-soup', 'bigsoups', 'some-odd-ups'].map((name) =>
    scoreOf('soup', name),
  );
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  expect(new Set(scores).size).toBe(4);
  expect(scores[3]).toBeGreaterThan(0);
});

test('the name of which more is typed fits better', () => {
  expect(scoreOf('design', 'design')).toBeGreaterThan(scoreOf('design', 'design-reviews'));
});

test('upper case and accents make no difference, and what was typed is marked where it stands', () => {
  expect(fuzzyMatch('cafe', 'Le Café')?.marked).toEqual([3, 4, 5, 6]);
  expect(fuzzyMatch('ö', 'Ökonomie')).toBeDefined();
  expect(fuzzyMatch('👍s', '👍 soup')?.marked).toEqual([0, 2]);
});

test('words may come in any order, and all have to be there', () => {
  expect(fuzzyMatch('reviews design', 'design-reviews')?.marked).toHaveLength(13);
  expect(fuzzyMatch('design cheese', 'design-reviews')).toBeUndefined();
});

test('letters that are there by chance find nothing', () => {
  expect(fuzzyMatch('abc', 'a very long name with a b somewhere and c')).toBeUndefined();
  expect(fuzzyMatch('gnrl', 'general')).toBeDefined();
});
