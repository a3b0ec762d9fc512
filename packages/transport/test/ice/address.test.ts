import { PATH_WORDS } from '@parley/wire';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createPath, formatIp, parseIp, pathsEqual, remoteAddressOf } from '../../src/ice/index.js';
import type { TransportAddress } from '../../src/stun/index.js';

function address(ip: string, port: number): TransportAddress {
  const bytes = parseIp(ip);
  if (!bytes) throw new Error(`${ip} is no address`);
  return { family: bytes.length === 4 ? 4 : 6, bytes, port };
}

describe('paths', () => {
  it('are encoded as the layout says', () => {
    const path = createPath(address('192.0.2.1', 5000), address('198.51.100.7', 0), 3);
    expect(path.length).toBe(PATH_WORDS);
    expect(path[0]).toBe(3 | (4 << 8) | (1 << 16));
    expect(path[1]).toBe(5000);
    const bytes = new Uint8Array(path.buffer);
    expect([...bytes.subarray(8, 24)]).toEqual([192, 0, 2, 1, ...new Uint8Array(12)]);
    expect([...bytes.subarray(24, 40)]).toEqual([198, 51, 100, 7, ...new Uint8Array(12)]);
  });

  it('tell the remote address they were made of', () => {
    for (const ip of ['192.0.2.1', '2001:db8::1']) {
      expect(remoteAddressOf(createPath(address(ip, 65535)))).toEqual(address(ip, 65535));
    }
  });

  it('tell the remote address when they lie amid other words', () => {
    const words = new Uint32Array(40).fill(0xffff_ffff);
    words.set(createPath(address('2001:db8::1', 9)), 15);
    expect(remoteAddressOf(words.subarray(15, 15 + PATH_WORDS))).toEqual(address('2001:db8::1', 9));
  });

  it('are equal if all words are', () => {
    const path = createPath(address('192.0.2.1', 5000));
    expect(pathsEqual(path, path.slice())).toBe(true);
    for (let i = 0; i < PATH_WORDS; i++) {
      const other = path.slice();
      other[i]! ^= 1;
      expect(pathsEqual(path, other)).toBe(false);
    }
  });
});

describe('addresses as text', () => {
  it.each([
    ['2001:db8::1', '2001:0DB8:0:0:0:0:0:1'],
    ['::', '0:0:0:0:0:0:0:0'],
    ['::1', '0::1'],
    ['fe80::', 'fe80:0::0'],
    ['1:0:2::3:4', '1:0:2:0:0:0:3:4'],
    ['1::2:0:0:3:4', '1:0:0:2:0:0:3:4'],
    ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7'],
    ['::ffff:c000:201', '::ffff:192.0.2.1'],
    ['64:ff9b::c000:201', '64:ff9b::192.0.2.1'],
  ])('%s is the canonical form of %s', (canonical, text) => {
    expect(formatIp(parseIp(text) ?? new Uint8Array(4))).toBe(canonical);
  });

  it.each([
    ...[
      '',
      ':',
      ':::',
      '1::2::3',
      '1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:8:9',
      '1:2:3:4:5:6:7::8',
      '12345::',
      'g::',
    ],
    ...[
      '1.2.3',
      '1.2.3.4.5',
      '256.0.0.1',
      '01.2.3.4',
      '1.2.3.-4',
      '1.2.3.4::',
      '1.2.3.4:1::',
      'fe80::1%eth0',
    ],
  ])('"%s" is no address', (text) => {
    expect(parseIp(text)).toBeUndefined();
  });

  it('reads back any address it wrote', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ minLength: 4, maxLength: 4 }),
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      fc.uint8Array({ minLength: 16, maxLength: 16, max: 1 }),
    );
    fc.assert(
      fc.property(bytes, (ip) => {
        expect(parseIp(formatIp(ip))).toEqual(ip);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it('takes any text without throwing', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0123:.af%]*$/), (text) => {
        expect([undefined, 4, 16]).toContain(parseIp(text)?.length);
      }),
      { seed: 4, numRuns: 2000 },
    );
  });
});
