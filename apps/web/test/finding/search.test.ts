import { expect, test } from 'vitest';
import { excerptOf } from '../../src/finding/excerpt.js';
import { termAt, withKey, withValue } from '../../src/finding/search-term.js';

test('the part that is being typed is found by where the cursor stands', () => {
  expect(termAt('soup from:an', 12)).toEqual({ key: 'from', value: 'an', start: 5, end: 12 });
  expect(termAt('soup from:an', 3)).toBeUndefined();
  expect(termAt('in:"old so', 10)).toMatchObject({ key: 'in', value: 'old so' });
  expect(termAt('FROM:x', 5)).toMatchObject({ key: 'from' });
  expect(termAt('wherefrom:x', 11)).toBeUndefined();
});

test('it is completed, with quotes where they are needed', () => {
  const query = 'soup from:an before:2026-01-01';
  const term = termAt(query, 12);
  expect(term && withValue(query, term, 'ann lee')).toBe('soup from:"ann lee" before:2026-01-01');
  expect(withKey('soup ', 'in')).toBe('soup in:');
  expect(withKey('', 'in')).toBe('in:');
});

const NAMES = (sign: string) => (sign === '@' ? 'Ann' : undefined);
const written = (text: string, ranges: [number, number][]) =>
  excerptOf(text, ranges, NAMES)
    .map((run) => (run.isMarked ? `[${run.text}]` : run.text))
    .join('');

test('the words are marked, without what formats them', () => {
  expect(written('**Soup** for <@0193a2f0-7c1e-7abc-8def-0123456789ab>: `soup`', [[2, 6]])).toBe(
    '[Soup] for @Ann: soup',
  );
});

test('what is covered stays covered', () => {
  expect(
    written('The end: ||soup wins|| and soup', [
      [11, 15],
      [27, 31],
    ]),
  ).toBe('The end: ▮▮▮ and [soup]');
});

test('of a long text the part around the first word is shown', () => {
  const text = `${'many words '.repeat(40)}soup${' and more words'.repeat(40)}`;
  const at = text.indexOf('soup');
  const shown = written(text, [[at, at + 4]]);
  expect(shown.startsWith('… ')).toBe(true);
  expect(shown.endsWith(' …')).toBe(true);
  expect(shown).toContain('[soup]');
  expect(shown.length).toBeLessThan(320);
});
