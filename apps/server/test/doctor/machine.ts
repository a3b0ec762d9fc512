import type { Machine } from '../../src/doctor/machine.js';

const ADDRESS = { netmask: '', mac: '', cidr: null, family: 'IPv4' } as const;

/** A machine on which nothing must change, with the address 192.0.2.1. */
export const MACHINE: Machine = {
  interfaces: {
    lo: [{ ...ADDRESS, address: '127.0.0.1', internal: true }],
    eth0: [{ ...ADDRESS, address: '192.0.2.1', internal: false }],
  },
  routes: ['eth0'],
  lookup: () => Promise.resolve([{ address: '192.0.2.9', family: 4 }]),
  query: () => Promise.reject(new Error('no STUN server')),
  openFiles: 65_536,
  socketBuffers: { receive: 16_777_216, send: 16_777_216 },
  wall: () => Date.UTC(2026, 0, 1),
  now: () => 0,
};

/** The machine with other addresses on its network card. */
export function interfaces(...addresses: string[]): Machine['interfaces'] {
  return {
    eth0: addresses.map((address) => ({ ...ADDRESS, address, internal: address.startsWith('127.') })),
  };
}
