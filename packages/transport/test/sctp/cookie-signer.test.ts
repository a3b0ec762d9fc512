import { describe, expect, it } from 'vitest';
import { CookieSigner } from '../../src/sctp/cookie-signer.js';
import { seededRandom } from './network.js';

const state = {
  parameters: {
    localTag: 1,
    peerTag: 0xffffffff,
    localInitialTsn: 3,
    peerInitialTsn: 4,
    peerWindow: 5,
    outgoingStreams: 1024,
    forwardTsn: true,
    reconfig: false,
  },
  tieTags: { local: 8, peer: 9 },
  createdAt: 1234.5,
};

function signerOf(seed: number): CookieSigner {
  const random = seededRandom(seed);
  return new CookieSigner(() => Math.floor(random() * 2 ** 32));
}

describe('CookieSigner', () => {
  it('reads its own cookies, wherever they lie in a packet', () => {
    const signer = signerOf(1);
    const packet = new Uint8Array(200);
    const cookie = signer.sign(state);
    packet.set(cookie, 17);
    expect(signer.verify(packet.subarray(17, 17 + cookie.length))).toEqual(state);
  });

  it('refuses a cookie of which any bit was changed, and those of others', () => {
    const signer = signerOf(1);
    const cookie = signer.sign(state);
    for (let bit = 0; bit < cookie.length * 8; bit++) {
      const changed = cookie.slice();
      changed[bit >>> 3]! ^= 1 << (bit & 7);
      expect(signer.verify(changed)).toBeUndefined();
    }
    expect(signer.verify(cookie.subarray(1))).toBeUndefined();
    expect(signerOf(2).verify(cookie)).toBeUndefined();
  });
});
