import { SignInThrottle } from '@parley/workspace';
import { expect, test } from 'vitest';

const account = { free: 3, first: 1000, longest: 8000, forget: 60_000 };
const address = { free: 5, first: 1000, longest: 60_000, forget: 600_000 };

function attempts(
  throttle: SignInThrottle,
  count: number,
  one: (at: number) => [string, string],
  now = 0,
): number[] {
  return Array.from({ length: count }, (_, at) => {
    const [userNameKey, from] = one(at);
    return throttle.begin({ userNameKey, address: from, now });
  });
}

test('one account is slowed, from however many addresses it is tried, all at once too', () => {
  const throttle = new SignInThrottle({ account, address });
  expect(attempts(throttle, 5, (at) => ['ann', `10.0.0.${at}`])).toEqual([0, 0, 0, 1000, 1000]);
  expect(attempts(throttle, 1, () => ['bob', '10.0.0.1'])).toEqual([0]);
});

test('one address is slowed, however many accounts it tries; a network of IPv6 is one', () => {
  const throttle = new SignInThrottle({ account, address });
  expect(attempts(throttle, 6, (at) => [`user-${at}`, `2001:db8:0:1::${at}`])).toEqual([0, 0, 0, 0, 0, 1000]);
  expect(attempts(throttle, 1, () => ['user-9', '2001:db8:0:2::1'])).toEqual([0]);
});

test('one waits twice as long after each failure, up to a limit', () => {
  const throttle = new SignInThrottle({ account, address: { ...address, free: 100 } });
  attempts(throttle, 3, () => ['ann', '10.0.0.1']);
  const waits: number[] = [];
  let now = 0;
  for (let round = 0; round < 6; round += 1) {
    const wait = throttle.begin({ userNameKey: 'ann', address: '10.0.0.1', now });
    waits.push(wait);
    now += wait;
    expect(throttle.begin({ userNameKey: 'ann', address: '10.0.0.1', now: now - 1 })).toBe(1);
    expect(throttle.begin({ userNameKey: 'ann', address: '10.0.0.1', now })).toBe(0);
  }
  expect(waits).toEqual([1000, 2000, 4000, 8000, 8000, 8000]);
});

test('the right password forgets the failures of the account, and of the address its own attempt alone', () => {
  const throttle = new SignInThrottle({ account, address });
  for (let at = 0; at < 4; at += 1) {
    attempts(throttle, 1, () => [`user-${at}`, '10.0.0.1']);
    attempts(throttle, 1, () => ['mine', '10.0.0.1']);
    throttle.succeeded({ userNameKey: 'mine', address: '10.0.0.1' });
  }
  expect(attempts(throttle, 2, (at) => [`user-${10 + at}`, '10.0.0.1'])).toEqual([0, 1000]);
  expect(attempts(throttle, 3, () => ['mine', '10.0.0.2'])).toEqual([0, 0, 0]);
});

test('failures are forgotten after a while', () => {
  const throttle = new SignInThrottle({ account, address });
  attempts(throttle, 4, () => ['ann', '10.0.0.1']);
  expect(attempts(throttle, 3, () => ['ann', '10.0.0.2'], account.forget)).toEqual([0, 0, 0]);
});

test('what is remembered is bounded: the oldest goes first', () => {
  const throttle = new SignInThrottle({ account, address: { ...address, free: 1000 }, capacity: 2 });
  attempts(throttle, 4, () => ['ann', '10.0.0.1']);
  attempts(throttle, 1, () => ['bob', '10.0.0.1']);
  expect(attempts(throttle, 1, () => ['ann', '10.0.0.1'])).toEqual([1000]);
  attempts(throttle, 1, () => ['eve', '10.0.0.1']);
  expect(attempts(throttle, 1, () => ['ann', '10.0.0.1'])).toEqual([0]);
});
