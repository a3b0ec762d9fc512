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

it('prefers any address over UDP to all over TCP, and those in the order they are given', () => {
  const addresses = [
    { ip: '192.0.2.1', port: 8443 },
    { ip: '2001:db8::1', port: 8443 },
  ];
  const [first, second] = hostCandidates(addresses, 'tcp');
  // 2^24 × 90 + 2^8 × (2^13 × 4 + 8191) + 255 (RFC 6544 section 4.2)
  expect(first).toMatchObject({ protocol: 'tcp', priority: 1520435199, ip: '192.0.2.1', port: 8443 });
  expect(second).toMatchObject({ protocol: 'tcp', priority: 1520434943 });
  for (const { priority } of hostCandidates(addresses)) expect(priority).toBeGreaterThan(1520435199);
});

it('gives the two protocols of one address different foundations', () => {
  const address = [{ ip: '192.0.2.1', port: 8443 }];
  expect(hostCandidates(address, 'tcp')[0]?.foundation).not.toBe(hostCandidates(address)[0]?.foundation);
});
