import { PATH_WORDS } from '@parley/wire';
import { describe, expect, it } from 'vitest';

import { leadToSameRemote, pathsEqual, remoteAddressOf } from '../../src/ice/index.js';
import type { TransportAddress } from '../../src/stun/index.js';
import { createPath } from '../support/path.js';

const IPV4 = Uint8Array.of(192, 0, 2, 1);
const IPV6 = Uint8Array.of(0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

function address(bytes: Uint8Array, port: number): TransportAddress {
  return { family: bytes.length === 4 ? 4 : 6, bytes, port };
}

describe('paths', () => {
  it('are encoded as the layout says', () => {
    const path = createPath(address(IPV4, 5000), address(Uint8Array.of(198, 51, 100, 7), 0), 3);
    expect(path.length).toBe(PATH_WORDS);
    expect(path[0]).toBe(3 | (4 << 8) | (1 << 16));
    expect(path[1]).toBe(5000);
    const bytes = new Uint8Array(path.buffer);
    expect([...bytes.subarray(8, 24)]).toEqual([192, 0, 2, 1, ...new Uint8Array(12)]);
    expect([...bytes.subarray(24, 40)]).toEqual([198, 51, 100, 7, ...new Uint8Array(12)]);
  });

  it('tell the remote address they were made of', () => {
    for (const ip of [IPV4, IPV6]) {
      expect(remoteAddressOf(createPath(address(ip, 65535)))).toEqual(address(ip, 65535));
    }
  });

  it('tell the remote address when they lie amid other words', () => {
    const words = new Uint32Array(40).fill(0xffff_ffff);
    words.set(createPath(address(IPV6, 9)), 15);
    expect(remoteAddressOf(words.subarray(15, 15 + PATH_WORDS))).toEqual(address(IPV6, 9));
  });

  it('are equal if all words are', () => {
    const path = createPath(address(IPV4, 5000));
    expect(pathsEqual(path, path.slice())).toBe(true);
    for (let i = 0; i < PATH_WORDS; i++) {
      const other = path.slice();
      other[i]! ^= 1;
      expect(pathsEqual(path, other)).toBe(false);
    }
  });

  it('lead to the same remote end whatever the local address and the socket', () => {
    const path = createPath(address(IPV6, 5000), address(IPV6, 0), 1);
    expect(leadToSameRemote(path, createPath(address(IPV6, 5000)))).toBe(true);
    expect(leadToSameRemote(path, createPath(address(IPV6, 5001), address(IPV6, 0), 1))).toBe(false);
    // The interface of a link-local address is part of it.
    const elsewhere = path.slice();
    elsewhere[0]! |= 1 << 17;
    expect(leadToSameRemote(path, elsewhere)).toBe(false);
    for (let i = 1; i < 6; i++) {
      const other = path.slice();
      other[i]! ^= 1;
      expect(leadToSameRemote(path, other)).toBe(false);
    }
  });
});
