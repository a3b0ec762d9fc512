import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadAddon } from '../src/native.js';
import { hex } from './peer.js';

const { testHooks } = loadAddon();

describe('demultiplexing (RFC 7983)', () => {
  it('tells STUN by its first byte, magic cookie and length', () => {
    const binding = hex('0001 0000 2112a442 000102030405060708090a0b');
    expect(testHooks.demultiplex(binding)).toBe('stun');
    expect(testHooks.demultiplex(binding.subarray(0, 19))).toBe('unknown');
    expect(testHooks.demultiplex(hex('0001 0004 2112a442 000102030405060708090a0b'))).toBe('unknown');
    expect(testHooks.demultiplex(hex('0001 0000 2112a443 000102030405060708090a0b'))).toBe('unknown');
    expect(testHooks.demultiplex(hex('0001 0002 2112a442 000102030405060708090a0b 0000'))).toBe('unknown');
  });

  it('takes no STUN message longer than 1280 bytes', () => {
    const message = new Uint8Array(20 + 1264);
    message.set(hex('0001 04f0 2112a442'));
    expect(testHooks.demultiplex(message)).toBe('unknown');
    message.set(hex('0001 04ec 2112a442'));
    expect(testHooks.demultiplex(message.subarray(0, 1280))).toBe('stun');
  });

  it('tells DTLS, RTP and RTCP by their first two bytes', () => {
    const packet = (first: number, second: number): Uint8Array => {
      const bytes = new Uint8Array(20);
      bytes[0] = first;
      bytes[1] = second;
      return bytes;
    };
    for (const first of [20, 22, 63]) expect(testHooks.demultiplex(packet(first, 254))).toBe('dtls');
    for (const second of [0, 96, 111, 128 + 96, 224])
      expect(testHooks.demultiplex(packet(128, second))).toBe('rtp');
    for (const second of [192, 200, 207, 223])
      expect(testHooks.demultiplex(packet(191, second))).toBe('rtcp');
    for (const first of [4, 19, 64, 79, 127, 192, 255]) {
      expect(testHooks.demultiplex(packet(first, 0))).toBe('unknown');
    }
  });

  it('calls packets that are too short for their header unknown', () => {
    expect(testHooks.demultiplex(new Uint8Array(0))).toBe('unknown');
    expect(testHooks.demultiplex(hex('16fefd'))).toBe('unknown');
    expect(testHooks.demultiplex(hex('80600000000000000000'))).toBe('unknown');
    expect(testHooks.demultiplex(hex('80c90001000000'))).toBe('unknown');
  });
});

describe("the prefix of a STUN message's user name (RFC 8445 section 7.2.2)", () => {
  const header = '0001 0000 2112a442 000102030405060708090a0b';
  const prefix = (attributes: string): number => testHooks.stunUfragPrefix(hex(header + attributes));

  it('is its first character, whatever comes before it', () => {
    expect(prefix('0006 0003 413a4200')).toBe(0x41);
    expect(prefix('8022 0005 6162636465000000 0024 0004 00000001 0006 0003 423a4100')).toBe(0x42);
  });

  it('is 0 where there is none, or the message is malformed before it', () => {
    expect(prefix('')).toBe(0);
    expect(prefix('0024 0004 00000001')).toBe(0);
    expect(prefix('0006 0000')).toBe(0);
    expect(prefix('0006 0005 413a4200')).toBe(0);
    expect(prefix('8022 ffff 0006 0003 413a4200')).toBe(0);
  });

  it('is read within bounds, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 200 }), (bytes) => {
        const found = testHooks.stunUfragPrefix(bytes);
        return found === 0 || bytes.subarray(20).includes(found);
      }),
      { seed: 8489 },
    );
  });
});

describe('DTLS records (RFC 6347 section 4.1)', () => {
  const plain = hex('16 fefd 0000 000000000001 0002 aabb');
  const encrypted = hex(`17 fefd 0001 000000000001 0018 ${'00'.repeat(24)}`);

  it('may follow one another in a datagram', () => {
    expect(testHooks.isDtlsDatagram(plain)).toBe(true);
    expect(testHooks.isDtlsDatagram(Uint8Array.of(...plain, ...encrypted, ...plain))).toBe(true);
  });

  it('must be whole', () => {
    for (let size = 0; size < encrypted.length; size++) {
      expect(testHooks.isDtlsDatagram(encrypted.subarray(0, size)), `${size} bytes`).toBe(false);
      const start = Uint8Array.of(...plain, ...encrypted.subarray(0, size));
      expect(testHooks.isDtlsDatagram(start), `${size} bytes more`).toBe(size === 0);
    }
  });

  it('must be of a known type and version, and long enough to be decrypted', () => {
    for (const [offset, value] of [
      [0, 19],
      [0, 24],
      [1, 3],
    ] as const) {
      const changed = plain.slice();
      changed[offset] = value;
      expect(testHooks.isDtlsDatagram(changed)).toBe(false);
    }
    expect(testHooks.isDtlsDatagram(hex(`17 fefd 0001 000000000001 0017 ${'00'.repeat(23)}`))).toBe(false);
  });
});

describe('RTP header parsing (RFC 3550 section 5.1)', () => {
  it('reads the fixed header, CSRCs and a one-byte extension block', () => {
    const packet = hex('92e0 0102 00000003 00000004 0000000a 0000000b bede0001 10ff0000 cafe');
    expect(testHooks.parseRtpHeader(packet)).toEqual({
      payloadType: 96,
      marker: 1,
      sequence: 0x0102,
      timestamp: 3,
      ssrc: 4,
      size: 28,
      extensionOffset: 24,
      extensionSize: 4,
      twoByteExtensions: 0,
    });
  });

  it('tells the two-byte form, and skips extension blocks of unknown profiles', () => {
    const header = '9060 0001 00000000 00000001';
    expect(testHooks.parseRtpHeader(hex(`${header} 1005 0001 01020304`))).toMatchObject({
      size: 20,
      extensionOffset: 16,
      extensionSize: 4,
      twoByteExtensions: 1,
    });
    expect(testHooks.parseRtpHeader(hex(`${header} abcd 0001 01020304`))).toMatchObject({
      size: 20,
      extensionOffset: 0,
      extensionSize: 0,
    });
    expect(testHooks.parseRtpHeader(hex(`${header} bede 0000`))).toMatchObject({
      size: 16,
      extensionOffset: 0,
    });
  });

  it('refuses headers that do not fit the packet', () => {
    const packet = hex('92e0 0102 00000003 00000004 0000000a 0000000b bede0001 10ff0000');
    for (let size = 0; size < packet.length; size++) {
      expect(testHooks.parseRtpHeader(packet.subarray(0, size)), `${size} bytes`).toBeNull();
    }
    expect(testHooks.parseRtpHeader(hex('4060 0001 00000000 00000001'))).toBeNull();
  });

  it('never points outside the packet', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (tail) => {
        const packet = Uint8Array.of(0x90 | (tail[0] ?? 0), ...tail.subarray(1));
        const header = testHooks.parseRtpHeader(packet);
        if (header === null) return;
        expect(header.size).toBeLessThanOrEqual(packet.length);
        expect(header.extensionOffset + header.extensionSize).toBeLessThanOrEqual(header.size);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});
