import { expect, test } from 'vitest';
import { parseSearch } from '../../src/search/search-query.js';
import { rangesOf, textQuery } from '../../src/search/text-query.js';
import { cursorText, parseCursor } from '../../src/search/search-cursor.js';

const ID = '0193a2f0-7c1e-7abc-8def-0123456789ab';
const NOTHING = { phrases: [], from: [], in: [], hasLink: false, after: undefined, before: undefined };

test('words, what is quoted, and the last that may go on', () => {
  expect(parseSearch('Hot "green soup" foo-bar so')).toEqual({
    ...NOTHING,
    phrases: [
      { words: ['hot'], open: false },
      { words: ['green', 'soup'], open: false },
      { words: ['foo', 'bar'], open: false },
      { words: ['so'], open: true },
    ],
  });
  expect(parseSearch('soup ')).toMatchObject({ phrases: [{ open: false }] });
});

test('who, where, what and when', () => {
  expect(
    parseSearch(
      `from:@Ann FROM:<@${ID}> in:#general in:"my place" has:link after:2026-01-31 before:2026-02-28`,
    ),
  ).toEqual({
    ...NOTHING,
    ...{ from: ['Ann', ID], in: ['general', 'my place'], hasLink: true },
    ...{ after: Date.UTC(2026, 1, 1), before: Date.UTC(2026, 1, 28) },
  });
});

test.each(['has:cheese', 'before:tomorrow', 'after:2026-13-01', 'a '.repeat(21)])(
  '%s is a mistake',
  (text) => {
    expect(parseSearch(text)).toHaveProperty('mistake');
  },
);

test('a query in PostgreSQL\u2019s notation: all phrases, in order within, and beginnings of three letters or more', () => {
  const query = (text: string) => {
    const parsed = parseSearch(text);
    return 'mistake' in parsed ? parsed.mistake : textQuery(parsed.phrases);
  };
  expect(query('"green soup" sou')).toBe("'green' <-> 'soup' & 'sou':*");
  expect(query('so')).toBe("'so'");
});

test('what was found is marked where it stands, phrases only where they are whole', () => {
  const phrases = [
    { words: ['green', 'soup'], open: false },
    { words: ['sou'], open: true },
  ];
  const text = 'Green soup, sour green';
  expect(rangesOf(text, phrases).map(([start, end]) => text.slice(start, end))).toEqual([
    'Green',
    'soup',
    'sour',
  ]);
});

test('a cursor comes back as it was, and nothing else is one', () => {
  for (const ranked of [undefined, { rank: '0.06079271', newestId: ID }, { rank: '1e-20', newestId: ID }]) {
    expect(parseCursor(cursorText({ id: ID, ranked }))).toEqual({ id: ID, ranked });
  }
  for (const text of ['', 'x', `${ID}_`, `${ID}_x_${ID}`, `${ID}_1.1.1_${ID}`, `${ID}_1_x`, ` ${ID}`]) {
    expect(parseCursor(text), text).toBe(undefined);
  }
  for (const rank of ['1e39', '1e308', '1e999', '1e-99', '1e-999', '1e+']) {
    expect(parseCursor(`${ID}_${rank}_${ID}`), rank).toBe(undefined);
  }
  expect(parseCursor(`${ID}_0_${ID}`)?.ranked?.rank).toBe('0');
});
