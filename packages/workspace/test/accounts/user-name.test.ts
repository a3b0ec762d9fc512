import { parseUserName, userNameKey } from '@parley/workspace';
import fc from 'fast-check';
import { expect, test } from 'vitest';

test.each([
  'ann',
  'Ann.Lee',
  'a-b_c',
  'änn',
  'Jürgen',
  'Ольга',
  '山田太郎',
  'ゆき',
  '김민수',
  'शिव',
  'r2d2',
  'x'.repeat(32),
])('%s may be taken', (name) => {
  expect(parseUserName(name)).toEqual({ name, key: userNameKey(name) });
});

test.each([
  ['a', 'length'],
  ['x'.repeat(33), 'length'],
  ['\ufdfa'.repeat(32), 'length'],
  ['x'.repeat(100_000), 'length'],
  ['', 'length'],
  ['ann lee', 'characters'],
  ['<b>', 'characters'],
  ['ann\u202e', 'characters'],
  ['ann\u200b', 'characters'],
  ['a@b', 'characters'],
  ['😀😀', 'characters'],
  ['.ann', 'ends'],
  ['ann-', 'ends'],
  ['a..b', 'ends'],
  ['\u0301ann', 'ends'],
  ['a\u0323\u0324\u0325\u0326\u0327', 'ends'],
  ['аnn', 'scripts'],
  ['Οlga', 'scripts'],
  ['everyone', 'reserved'],
  ['HERE', 'reserved'],
  ['ｃhannel', 'reserved'],
])('%j may not: %s', (name, mistake) => {
  expect(parseUserName(name)).toEqual({ mistake });
});

test.each([
  ['Ann', 'aNN'],
  ['ＡＮＮ', 'ann'],
  ['Straße', 'STRASSE'],
  ['Σίσυφος', 'ΣΊΣΥΦΟΣ'],
  ['Jürgen', 'Ju\u0308rgen'],
])('%s and %s are one name', (one, other) => {
  expect(userNameKey(one)).toBe(userNameKey(other));
});

test('a name that came out is taken as it is, and its key is its own key', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 2, maxLength: 8 }), (spelled) => {
      const parsed = parseUserName(spelled);
      if ('mistake' in parsed) return;
      expect(parseUserName(parsed.name)).toEqual(parsed);
      expect(userNameKey(parsed.key)).toBe(parsed.key);
    }),
    { numRuns: 500 },
  );
});
