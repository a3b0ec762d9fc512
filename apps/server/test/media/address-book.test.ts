import type { LookupAddress } from 'node:dns';
import { describe, expect, test } from 'vitest';
import { AddressBook } from '../../src/media/address-book.js';
import type { AddressBookOptions } from '../../src/media/address-book.js';
import { testConfig } from '../support.js';

const ETH0 = {
  address: '10.0.0.1',
  netmask: '',
  mac: '',
  cidr: null,
  family: 'IPv4',
  internal: false,
} as const;

/** A machine with the address 10.0.0.1, behind a router that has 203.0.113.1. */
function addressBook(environment: Record<string, string> = {}, options: Partial<AddressBookOptions> = {}) {
  return new AddressBook({
    media: testConfig(environment).media,
    loopback: false,
    interfaces: () => ({ eth0: [ETH0] }),
    routes: () => ['eth0'],
    lookup: () => Promise.resolve([]),
    query: () => Promise.resolve('203.0.113.1'),
    now: () => 0,
    ...options,
  });
}

async function addresses(book: AddressBook): Promise<string[]> {
  await book.refresh();
  return book.addresses.map(({ ip, port }) => (port === undefined ? ip : `${ip} ${port}`));
}

describe('AddressBook', () => {
  test("tells the machine's own addresses where nothing else is said", async () => {
    const book = addressBook();
    expect(await addresses(book)).toEqual(['10.0.0.1']);
    expect(book.problem).toBeUndefined();
  });

  test('tells the addresses that media listens on, where they are given', async () => {
    expect(await addresses(addressBook({ PARLEY_MEDIA_BIND: '10.0.0.9,0.0.0.0' }))).toEqual(['10.0.0.9']);
    expect(await addresses(addressBook({ PARLEY_MEDIA_BIND: '0.0.0.0' }))).toEqual(['10.0.0.1']);
  });

  test('media.addresses and media.host_override stand in for them, and nobody is asked', async () => {
    const query = () => Promise.reject(new Error('asked'));
    const stun = { PARLEY_MEDIA_STUN_SERVERS: 'stun:a' };
    const told = addressBook({ ...stun, PARLEY_MEDIA_ADDRESSES: '192.0.2.1,192.0.2.1' }, { query });
    expect(await addresses(told)).toEqual(['192.0.2.1']);
    const lookup = () => Promise.resolve<LookupAddress[]>([{ address: '192.0.2.9', family: 4 }]);
    const named = addressBook({ ...stun, PARLEY_MEDIA_HOST_OVERRIDE: 'a.example' }, { query, lookup });
    expect(await addresses(named)).toEqual(['192.0.2.9']);
  });

  test("one configuration for all nodes gives each its own address and port, as rtcd's pairs do", async () => {
    const environment = {
      PARLEY_MEDIA_HOST_OVERRIDE: '203.0.113.1/10.0.0.1,203.0.113.2/10.0.0.2',
      PARLEY_MEDIA_PORT_OVERRIDE: '10.0.0.2/8444,10.0.0.1/8445',
    };
    expect(await addresses(addressBook(environment))).toEqual(['203.0.113.1 8445']);
    const second = { interfaces: () => ({ eth0: [{ ...ETH0, address: '10.0.0.2' }] }) };
    expect(await addresses(addressBook(environment, second))).toEqual(['203.0.113.2 8444']);
  });

  test('a node that the pairs do not name tells its own address and says so', async () => {
    const book = addressBook({ PARLEY_MEDIA_HOST_OVERRIDE: '203.0.113.2/10.0.0.2' });
    expect(await addresses(book)).toEqual(['10.0.0.1']);
    expect(book.problem).toBe('media.host_override names none of the addresses of this machine');
  });

  test('an external address that STUN finds comes first, and its own for those on the same network', async () => {
    const book = addressBook({ PARLEY_MEDIA_STUN_SERVERS: 'stun:a', PARLEY_MEDIA_PORT_OVERRIDE: '443' });
    expect(await addresses(book)).toEqual(['203.0.113.1 443', '10.0.0.1']);
  });

  test('an external address that is its own is told once', async () => {
    const book = addressBook(
      { PARLEY_MEDIA_STUN_SERVERS: 'stun:a', PARLEY_MEDIA_PORT_OVERRIDE: '443' },
      { query: (_url, local) => Promise.resolve(local) },
    );
    expect(await addresses(book)).toEqual(['10.0.0.1 443']);
  });

  test('says when no STUN server answers, and when one does again', async () => {
    let answers = false;
    let now = 0;
    const book = addressBook(
      { PARLEY_MEDIA_STUN_SERVERS: 'stun:a' },
      {
        query: () => (answers ? Promise.resolve('203.0.113.1') : Promise.reject(new Error('silence'))),
        now: () => now,
      },
    );
    expect(await addresses(book)).toEqual(['10.0.0.1']);
    expect(book.problem).toBe('no server of media.stun_servers answers');
    answers = true;
    now = 300_000;
    expect(await book.refresh()).toBe(true);
    expect(book.problem).toBeUndefined();
    expect(await book.refresh()).toBe(false);
  });
});
