import { expect, it } from 'vitest';

import { hostCandidates } from '../../src/ice/index.js';

it('prefers the addresses in the order they are given', () => {
  const candidates = hostCandidates([
    { ip: '192.0.2.1', port: 8443 },
    { ip: '2001:db8::1', port: 8443 },
    { ip: '192.0.2.1', port: 8444 },
  ]);
  expect(candidates.map(({ priority }) => priority)).toEqual([2130706431, 2130706175, 2130705919]);
});

it('gives equal foundations to candidates of the same address only', () => {
  const [first, second, third] = hostCandidates([
    { ip: '192.0.2.1', port: 8443 },
    { ip: '2001:db8::1', port: 8443 },
    { ip: '192.0.2.1', port: 8444 },
  ]);
  expect(first?.foundation).toMatch(/^[0-9]{1,32}$/);
  expect(third?.foundation).toBe(first?.foundation);
  expect(second?.foundation).not.toBe(first?.foundation);
});
