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
  expect(advertisedAddresses(machine, false, []).addresses).toEqual(['192.0.2.1', '2001:db8::1']);
});

test('has loopback addresses when asked, and when there is nothing else', () => {
  expect(advertisedAddresses(machine, true, []).addresses).toEqual([
    '127.0.0.1',
    '::1',
    '192.0.2.1',
    '2001:db8::1',
  ]);
  expect(advertisedAddresses(loopback, false, []).addresses).toEqual(['127.0.0.1', '::1']);
});

test.each([
  'docker0',
  'docker_gwbridge',
  'br-3f1c2d',
  'veth12ab',
  'cni0',
  'virbr0',
  'flannel.1',
  'cali0123',
  'tunl0',
  'kube-ipvs0',
  'podman1',
  'lxcbr0',
])('leaves out %s, which no client reaches, and says so', (name) => {
  const bridged = { [name]: [address('172.17.0.1')], ...machine };
  expect(advertisedAddresses(bridged, false, ['eth0'])).toEqual({
    addresses: ['192.0.2.1', '2001:db8::1'],
    leftOut: [{ ip: '172.17.0.1', name, reason: 'bridge' }],
  });
});

test('has a bridge that the machine itself goes out by', () => {
  const bridged = { 'br-lan': [address('192.0.2.7')] };
  expect(advertisedAddresses(bridged, false, ['br-lan'])).toEqual({ addresses: ['192.0.2.7'], leftOut: [] });
});

test('has those of default routes first, in their order', () => {
  const cards = { wlan0: [address('10.0.0.1')], eth1: [address('10.0.1.1')], eth0: [address('10.0.2.1')] };
  expect(advertisedAddresses(cards, false, ['eth0', 'wlan0']).addresses).toEqual([
    '10.0.2.1',
    '10.0.0.1',
    '10.0.1.1',
  ]);
});

test('leaves out link-local addresses of IPv4', () => {
  expect(
    advertisedAddresses({ eth0: [address('169.254.7.7'), address('10.0.0.1')] }, false, ['eth0']),
  ).toEqual({
    addresses: ['10.0.0.1'],
    leftOut: [{ ip: '169.254.7.7', name: 'eth0', reason: 'link-local' }],
  });
});
