import { createCipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  SRTP_AEAD_AES_128_GCM,
  SRTP_AEAD_AES_256_GCM,
  SRTP_AES128_CM_SHA1_32,
  SRTP_AES128_CM_SHA1_80,
} from '../src/index.js';
import { TransformOperation, loadAddon } from '../src/native.js';
import { hex } from './peer.js';

const { testHooks } = loadAddon();
const NO_AUTH_KEY = new Uint8Array(0);

describe('AES-CM (RFC 3711 appendix B.2)', () => {
  it('makes the key stream of the vectors', () => {
    const stream = testHooks.aesCounter(
      hex('2B7E151628AED2A6ABF7158809CF4F3C'),
      hex('F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000'),
      48,
    );
    expect(stream).toEqual(
      hex(
        'E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB 41E95B3BB0A2E8DD477901E4FCA894C0',
      ),
    );
  });
});

describe('key derivation (RFC 3711 appendix B.3)', () => {
  const masterKey = hex('E1F97A0D3E018BE0D64FA32C06DE4139');
  const masterSalt = hex('0EC675AD498AFEEBB6960B3AABE6');

  it('derives cipher key, salt and authentication key of the vectors', () => {
    expect(testHooks.deriveKeys(SRTP_AES128_CM_SHA1_80, masterKey, masterSalt, false)).toEqual({
      key: hex('C61E7A93744F39EE10734AFE3FF7A087'),
      salt: hex('30CBBC08863D8C85D49DB34A9AE1'),
      authKey: hex('CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4'),
    });
  });

  it('derives other keys for SRTCP', () => {
    const rtp = testHooks.deriveKeys(SRTP_AES128_CM_SHA1_80, masterKey, masterSalt, false);
    const rtcp = testHooks.deriveKeys(SRTP_AES128_CM_SHA1_80, masterKey, masterSalt, true);
    expect(rtcp?.key).not.toEqual(rtp?.key);
    expect(rtcp?.salt).not.toEqual(rtp?.salt);
    expect(rtcp?.authKey).not.toEqual(rtp?.authKey);
  });

  it('pads the shorter salt of GCM with zeros (RFC 7714 section 11)', () => {
    const padded = testHooks.deriveKeys(
      SRTP_AES128_CM_SHA1_80,
      masterKey,
      hex('0EC675AD498AFEEBB6960B3A0000'),
      false,
    );
    const gcm = testHooks.deriveKeys(
      SRTP_AEAD_AES_128_GCM,
      masterKey,
      hex('0EC675AD498AFEEBB6960B3A'),
      false,
    );
    expect(gcm?.key).toEqual(padded?.key);
    expect(gcm?.salt).toEqual(padded?.salt.subarray(0, 12));
  });
});

describe('AEAD_AES_256_GCM (RFC 7714 section 16.2)', () => {
  const key = hex('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f');
  const salt = hex('517569642070726f2071756f');
  const rtp = hex(
    '8040f17b8041f8d35501a0b2 47616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573',
  );
  const srtp = hex(
    '8040f17b8041f8d35501a0b2 32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b 7aa3db36dfffd6b0f9bb7878d7a76c13',
  );
  const transform = (operation: number, packet: Uint8Array): Uint8Array | null =>
    testHooks.transform(operation, SRTP_AEAD_AES_256_GCM, key, salt, NO_AUTH_KEY, 0xf17b, packet);

  it('protects and unprotects the RTP packet of the vectors', () => {
    expect(transform(TransformOperation.PROTECT_RTP, rtp)).toEqual(srtp);
    expect(transform(TransformOperation.UNPROTECT_RTP, srtp)).toEqual(rtp);
  });

  it('derives its keys with AES-256 (RFC 7714 section 11, RFC 6188)', () => {
    // The key stream from the block of the salt and label 0: the salt takes the first 12 bytes, the label byte 7.
    const block = new Uint8Array(16);
    block.set(salt);
    const expected = createCipheriv('aes-256-ctr', key, block).update(new Uint8Array(32));
    expect(testHooks.deriveKeys(SRTP_AEAD_AES_256_GCM, key, salt, false)?.key).toEqual(
      Uint8Array.from(expected),
    );
  });
});

describe('AES_CM_128_HMAC_SHA1_32 (RFC 4568 section 6.2.2)', () => {
  const keys = [
    hex('C61E7A93744F39EE10734AFE3FF7A087'),
    hex('30CBBC08863D8C85D49DB34A9AE1'),
    hex('CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4'),
  ] as const;
  const transform = (operation: number, suite: number, packet: Uint8Array): Uint8Array => {
    const result = testHooks.transform(operation, suite, ...keys, 1, packet);
    if (result === null) throw new Error('refused');
    return result;
  };

  it('differs from the suite with the long tag only in that RTP has the first 4 bytes of its tag', () => {
    const rtp = hex('80600001 00000000 12345678 010203040506');
    const rtcp = hex('80c90001 12345678');
    const [long, short] = [SRTP_AES128_CM_SHA1_80, SRTP_AES128_CM_SHA1_32].map((suite) => ({
      rtp: transform(TransformOperation.PROTECT_RTP, suite, rtp),
      rtcp: transform(TransformOperation.PROTECT_RTCP, suite, rtcp),
    }));
    expect(short!.rtp).toEqual(long!.rtp.subarray(0, rtp.length + 4));
    expect(short!.rtcp).toEqual(long!.rtcp);
    expect(transform(TransformOperation.UNPROTECT_RTP, SRTP_AES128_CM_SHA1_32, short!.rtp)).toEqual(rtp);
  });
});

describe('AEAD_AES_128_GCM (RFC 7714 sections 16.1 and 17.1)', () => {
  const key = hex('000102030405060708090a0b0c0d0e0f');
  const salt = hex('517569642070726f2071756f');
  const rtp = hex(
    '8040f17b8041f8d35501a0b2 47616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573',
  );
  const srtp = hex(
    '8040f17b8041f8d35501a0b2 f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833 899d7f27beb16a9152cf765ee4390cce',
  );
  const rtcp = hex(
    '81c8000d4d617273 4e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef',
  );
  const srtcp = hex(
    '81c8000d4d617273 63e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275bc84aa458 96cf4d2fc5abf87245d9eade800005d4',
  );
  const transform = (operation: number, index: number, packet: Uint8Array): Uint8Array | null =>
    testHooks.transform(operation, SRTP_AEAD_AES_128_GCM, key, salt, NO_AUTH_KEY, index, packet);

  it('protects and unprotects the RTP packet of the vectors', () => {
    expect(transform(TransformOperation.PROTECT_RTP, 0xf17b, rtp)).toEqual(srtp);
    expect(transform(TransformOperation.UNPROTECT_RTP, 0xf17b, srtp)).toEqual(rtp);
  });

  it('protects and unprotects the RTCP packet of the vectors', () => {
    expect(transform(TransformOperation.PROTECT_RTCP, 0x5d4, rtcp)).toEqual(srtcp);
    expect(transform(TransformOperation.UNPROTECT_RTCP, 0, srtcp)).toEqual(rtcp);
  });

  it('refuses a packet with any byte changed', () => {
    for (let position = 0; position < srtp.length; position++) {
      const changed = srtp.slice();
      changed[position]! ^= 0x01;
      expect(transform(TransformOperation.UNPROTECT_RTP, 0xf17b, changed), `byte ${position}`).toBeNull();
    }
    for (let position = 0; position < srtcp.length; position++) {
      const changed = srtcp.slice();
      changed[position]! ^= 0x01;
      expect(transform(TransformOperation.UNPROTECT_RTCP, 0, changed), `byte ${position}`).toBeNull();
    }
  });

  it('refuses a packet under another rollover counter', () => {
    expect(transform(TransformOperation.UNPROTECT_RTP, 0x1f17b, srtp)).toBeNull();
  });

  it('refuses a packet cut to any length', () => {
    for (let size = 0; size < srtp.length; size++) {
      expect(transform(TransformOperation.UNPROTECT_RTP, 0xf17b, srtp.subarray(0, size))).toBeNull();
    }
    for (let size = 0; size < srtcp.length; size++) {
      expect(transform(TransformOperation.UNPROTECT_RTCP, 0, srtcp.subarray(0, size))).toBeNull();
    }
  });

  it('refuses SRTCP that is not encrypted, though RFC 7714 section 17.3 allows it', () => {
    const tagged = hex(
      '81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef 841dd9683dd78ec92ae58790125f62b3 000005d4',
    );
    expect(transform(TransformOperation.UNPROTECT_RTCP, 0, tagged)).toBeNull();
  });
});

describe('AES_CM_128_HMAC_SHA1_80', () => {
  const masterKey = hex('e1f97a0d3e018be0d64fa32c06de4139');
  const masterSalt = hex('0ec675ad498afeebb6960b3aabe6');
  const rtp = hex('800f1234decafbadcafebabe abababababababababababababababab');
  const srtp = hex('800f1234decafbadcafebabe 4e55dc4ce79978d88ca4d215949d2402 b78d6acc99ea179b8dbb');
  const rtcp = hex('81c8000bcafebabe abababababababababababababababab');
  const srtcp = hex('81c8000bcafebabe 7128035be487b9bdbef89041f977a5a8 80000001 993e08cd54d6c1230798');

  const transform = (operation: number, index: number, packet: Uint8Array): Uint8Array | null => {
    const isRtcp =
      operation === TransformOperation.PROTECT_RTCP || operation === TransformOperation.UNPROTECT_RTCP;
    const keys = testHooks.deriveKeys(SRTP_AES128_CM_SHA1_80, masterKey, masterSalt, isRtcp);
    if (keys === null) throw new Error('no keys');
    return testHooks.transform(
      operation,
      SRTP_AES128_CM_SHA1_80,
      keys.key,
      keys.salt,
      keys.authKey,
      index,
      packet,
    );
  };

  it('protects and unprotects packets as other implementations do', () => {
    expect(transform(TransformOperation.PROTECT_RTP, 0x1234, rtp)).toEqual(srtp);
    expect(transform(TransformOperation.UNPROTECT_RTP, 0x1234, srtp)).toEqual(rtp);
    expect(transform(TransformOperation.PROTECT_RTCP, 1, rtcp)).toEqual(srtcp);
    expect(transform(TransformOperation.UNPROTECT_RTCP, 0, srtcp)).toEqual(rtcp);
  });

  it('refuses a packet with any byte changed, and one under another rollover counter', () => {
    for (let position = 0; position < srtp.length; position++) {
      const changed = srtp.slice();
      changed[position]! ^= 0x80;
      expect(transform(TransformOperation.UNPROTECT_RTP, 0x1234, changed), `byte ${position}`).toBeNull();
    }
    expect(transform(TransformOperation.UNPROTECT_RTP, 0x11234, srtp)).toBeNull();
  });
});

describe('packet index (RFC 3711 section 3.3.1)', () => {
  it('follows the sequence number over the rollover in both directions', () => {
    expect(testHooks.estimateIndex(65_530, 65_535)).toBe(65_535);
    expect(testHooks.estimateIndex(65_530, 10)).toBe(65_546);
    expect(testHooks.estimateIndex(65_546, 65_530)).toBe(65_530);
    expect(testHooks.estimateIndex(0x5_0005, 0xfff0)).toBe(0x4_fff0);
  });

  it('has none before the first packet of the first period', () => {
    expect(testHooks.estimateIndex(5, 65_535)).toBe(-1);
  });
});

describe('replay window', () => {
  it('lets each index in once, in any order within 128', () => {
    const indices = Uint32Array.of(
      1000,
      1000,
      1001,
      999,
      1001,
      999,
      1064,
      1000,
      1002,
      1128,
      1001,
      1003,
      1003,
      1000,
    );
    expect([...testHooks.acceptIndices(indices)]).toEqual([1, 0, 1, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0, 0]);
  });

  it('forgets everything older than a jump ahead', () => {
    expect([
      ...testHooks.acceptIndices(Uint32Array.of(10, 1_000_000, 10, 999_999, 999_872, 999_873)),
    ]).toEqual([1, 1, 0, 1, 0, 1]);
  });
});
