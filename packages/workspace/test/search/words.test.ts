import { wordsOf } from '@parley/contract';
import { expect, test } from 'vitest';
import { searchVector } from '../../src/search/words.js';

test.each([
  ['Grüße, STRASSE!', ['gruße', 'strasse']],
  ['naïve café', ['naive', 'cafe']],
  ['Ёлка ΆΛΦΑ', ['елка', 'αλφα']],
  ['हिन्दी', ['हिन्दी']],
  ['東京tower', ['東', '京', 'tower']],
  ['ｆｕｌｌ ﬁne', ['full', 'fine']],
  ['foo-bar_baz 3.5 a1', ['foo', 'bar', 'baz', '3', '5', 'a1']],
  ["it's \\ ' : * & | !", ['it', 's']],
  ['<@0193a2f0-7c1e-7abc-8def-0123456789ab> hi <#0193a2f0-7c1e-7abc-8def-0123456789ab>', ['hi']],
  ['x'.repeat(100), ['x'.repeat(64)]],
  ['', []],
])('the words of %j', (text, words) => {
  expect(wordsOf(text).map(({ word }) => word)).toEqual(words);
});

test('each says where it stands in the text as it is', () => {
  const text = '👍 Ünder <@0193a2f0-7c1e-7abc-8def-0123456789ab> Tür';
  expect(wordsOf(text).map(({ start, end }) => text.slice(start, end))).toEqual(['Ünder', 'Tür']);
});

test('a vector has words and their places, in PostgreSQL\u2019s notation', () => {
  expect(searchVector("It's soup")).toBe("'it':1 's':2 'soup':3");
});
