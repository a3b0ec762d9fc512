import { describe, expect, test } from 'vitest';
import { isPlainText, plainText } from '../src/index.js';

/** What people are called, in whatever script. */
const PLAIN = [
  '',
  'Ada',
  'ada@example.org',
  'अम्मा',
  'ไม้',
  '👩🏽‍👩🏻‍👧🏿‍👦',
  'e\u0301',
  'مریم\u200cها',
  ' a  b ',
];

describe('plain text', () => {
  test.each(PLAIN)('%j is plain and stays as it is', (text) => {
    expect(isPlainText(text)).toBe(true);
    expect(plainText(text)).toBe(text);
  });

  test.each([
    ['\u202eadA\u202c', 'adA'],
    ['Ada\u2066\u2069\u200b\ufeff', 'Ada'],
    ['Ada\r\nLovelace', 'Ada Lovelace'],
    ['Ada\u2028Lovelace\u0000', 'Ada Lovelace '],
    ['\ud800Ada\ue000', 'Ada'],
    ['\u202e\u200b\n', ''],
  ])('%j is not, and %j is what shows of it', (text, shown) => {
    expect(isPlainText(text)).toBe(false);
    expect(plainText(text)).toBe(shown);
  });

  test('of a letter under a tower of marks so much stays as one character may have', () => {
    const tower = `Ada${'\u0301'.repeat(400)}x`;
    expect(isPlainText(tower)).toBe(false);
    expect(plainText(tower)).toBe(`Ada${'\u0301'.repeat(23)}x`);
  });

  test('of what only joins nothing stays', () => {
    expect(plainText('\u200d\u200c')).toBe('');
  });
});
