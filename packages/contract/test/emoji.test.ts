import { expect, it } from 'vitest';
import { emoji } from '../src/emoji.js';

it.each([
  ['👍\ufe0f', '👍'],
  ['👍', '👍'],
  ['❤', '❤\ufe0f'],
  ['❤\ufe0f', '❤\ufe0f'],
  ['✌🏽', '✌🏽'],
  ['✌\ufe0f🏽', '✌🏽'],
  ['3\u20e3', '3\ufe0f\u20e3'],
  ['🏃‍♀', '🏃‍♀\ufe0f'],
])('has one spelling: %j', (given, stored) => {
  expect(emoji.parse(given)).toBe(stored);
});

it.each(['', 'a', '3', '\ufe0f', '👍👍', '👍a', ':thumbsup:'])('refuses what is no emoji: %j', (text) => {
  expect(emoji.safeParse(text).success).toBe(false);
});
