import { expect, test } from 'vitest';
import { AddressRateLimiter } from '../src/address-rate-limiter.js';

test('each address has a bucket of its own', () => {
  const limiter = new AddressRateLimiter(1, 1);
  expect(limiter.take('192.0.2.1', 0)).toBe(true);
  expect(limiter.take('192.0.2.1', 0)).toBe(false);
  expect(limiter.take('192.0.2.2', 0)).toBe(true);
});

test('an IPv6 network of 64 bits is one address', () => {
  const limiter = new AddressRateLimiter(1, 1);
  expect(limiter.take('2001:db8:0:1::1', 0)).toBe(true);
  expect(limiter.take('2001:db8:0:1:9:8:7:6', 0)).toBe(false);
  expect(limiter.take('2001:db8:0:2::1', 0)).toBe(true);
  expect(limiter.take('::1', 0)).toBe(true);
  expect(limiter.take('::ffff:192.0.2.1', 0)).toBe(true);
  expect(limiter.take('::ffff:192.0.2.2', 0)).toBe(true);
});

test('remembers no more addresses than it may, and forgets the one unused for longest', () => {
  const limiter = new AddressRateLimiter(1, 1, 2);
  limiter.take('a', 0);
  limiter.take('b', 0);
  limiter.take('a', 0);
  limiter.take('c', 0);
  expect(limiter.take('a', 0)).toBe(false);
  expect(limiter.take('b', 0)).toBe(true);
});
