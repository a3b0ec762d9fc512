import { expect, test } from 'vitest';
import { NonceCache } from '../../src/api/nonce-cache.js';

const NONCE = new Uint8Array(16).fill(1);

test('a nonce is repeated within its scope for a minute', () => {
  const cache = new NonceCache();
  expect(cache.isRepeated('a', NONCE, 0)).toBe(false);
  expect(cache.isRepeated('a', NONCE, 59_999)).toBe(true);
  expect(cache.isRepeated('b', NONCE, 59_999)).toBe(false);
  expect(cache.isRepeated('a', NONCE, 60_000)).toBe(false);
});

test('an empty nonce is never repeated', () => {
  const cache = new NonceCache();
  expect(cache.isRepeated('a', new Uint8Array(), 0)).toBe(false);
  expect(cache.isRepeated('a', new Uint8Array(), 0)).toBe(false);
});

test('of very many the oldest are forgotten', () => {
  const cache = new NonceCache();
  for (let index = 0; index < 10_001; index += 1) cache.isRepeated(String(index), NONCE, 0);
  expect(cache.isRepeated('10000', NONCE, 0)).toBe(true);
  expect(cache.isRepeated('0', NONCE, 0)).toBe(false);
});
