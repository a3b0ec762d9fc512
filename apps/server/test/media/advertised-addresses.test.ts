import { expect, test } from 'vitest';
import { advertisedAddresses } from '../../src/media/advertised-addresses.js';
import type { Interfaces } from '../../src/media/advertised-addresses.js';

function address(ip: string, internal = false) {
  const common = { address: ip, netmask: '', mac: '', internal, cidr: null };
  return ip.includes(':')
    ? { ...common, family: 'IPv6' as const, scopeid: 0 }
    : { ...common, family: 'IPv4' as const };
}

const loopback: Interfaces = { lo: [address('127.0.0.1', true), address('::1', true)] };
const machine: Interfaces = {
  ...loopback,
  eth0: [address('192.0.2.1'), address('2001:db8::1'), address('fe80::1')],
  eth1: undefined,
};

test('leaves out loopback and link-local addresses', () => {
  expect(advertisedAddresses(machine, false)).toEqual(['192.0.2.1', '2001:db8::1']);
});

test('has loopback addresses when asked, and when there is nothing else', () => {
  expect(advertisedAddresses(machine, true)).toEqual(['127.0.0.1', '::1', '192.0.2.1', '2001:db8::1']);
  expect(advertisedAddresses(loopback, false)).toEqual(['127.0.0.1', '::1']);
});
