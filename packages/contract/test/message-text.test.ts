import { expect, test } from 'vitest';
import { emoji } from '../src/emoji.js';
import { messageText } from '../src/message-text.js';

const text = messageText('text');

test.each([
  ['  Hello \n', 'Hello'],
  ['a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
  ['Cafe\u0301', 'Caf\u00e9'],
  ['a\tb', 'a\tb'],
  ['\u202egnp.exe', 'gnp.exe'],
  ['\u2067אב', '\u2067אב\u2069'],
  ['\u202bאב\u2069\u202c\u202c', '\u202bאב\u202c'],
  ['\u2066a\u202bb', '\u2066a\u202bb\u202c\u2069'],
  ['👨‍👩‍👧', '👨‍👩‍👧'],
  ['x'.repeat(4000), 'x'.repeat(4000)],
])('%j is written as %j', (written, kept) => {
  expect(text.parse(written)).toBe(kept);
});

test.each([
  '',
  ' ',
  '\u200d',
  '\u202e',
  'a\u0000',
  'a\u0007',
  'a\u0085\u0001',
  '\udc00',
  '\ufdd0',
  'x'.repeat(4001),
  `a${'\u0301'.repeat(10)}`,
  1,
  null,
])('%j is no message', (written) => {
  expect(text.safeParse(written).success).toBe(false);
});

test.each([
  ['👍', '👍'],
  ['👍🏽', '👍🏽'],
  ['❤', '❤\ufe0f'],
  ['❤\ufe0f', '❤\ufe0f'],
  ['1\ufe0f\u20e3', '1\ufe0f\u20e3'],
])('%s is the emoji %s', (given, kept) => {
  expect(emoji.parse(given)).toBe(kept);
});

test.each(['', 'a', '1', '👍👍', '👍 ', '\u200d', '🇩', '👍'.repeat(100)])('%j is no emoji', (given) => {
  expect(emoji.safeParse(given).success).toBe(false);
});
