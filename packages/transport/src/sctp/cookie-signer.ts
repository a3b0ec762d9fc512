import { readUint16, readUint32, writeUint16, writeUint32 } from '@parley/rtp';
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AssociationParameters } from './association-parameters.js';

/**
 * The state cookie, RFC 9260 section 5.1.3: everything the responder has to know, handed to the peer and signed,
 * so that an INIT leaves no state behind.
 */
export interface StateCookie {
  readonly parameters: AssociationParameters;
  /** The tags of an association that existed when the cookie was made, or zeros (section 5.2.2). */
  readonly tieTags: { readonly local: number; readonly peer: number };
  /** Milliseconds. */
  readonly createdAt: number;
}

/** Valid.Cookie.Life, RFC 9260 section 16, in milliseconds. */
export const COOKIE_LIFE = 60_000;

const FLAG_FORWARD_TSN = 1;
const FLAG_RECONFIG = 2;
const STATE_LENGTH = 40;
const MAC_LENGTH = 32;

export class CookieSigner {
  readonly #secret: Uint8Array;

  /** @param random uniform in [0, 2^32) */
  constructor(random: () => number) {
    this.#secret = new Uint8Array(32);
    for (let at = 0; at < this.#secret.length; at += 4) writeUint32(this.#secret, at, random());
  }

  sign({ parameters, tieTags, createdAt }: StateCookie): Uint8Array {
    const cookie = new Uint8Array(STATE_LENGTH + MAC_LENGTH);
    const view = new DataView(cookie.buffer);
    writeUint32(cookie, 0, parameters.localTag);
    writeUint32(cookie, 4, parameters.peerTag);
    writeUint32(cookie, 8, parameters.localInitialTsn);
    writeUint32(cookie, 12, parameters.peerInitialTsn);
    writeUint32(cookie, 16, parameters.peerWindow);
    writeUint16(cookie, 20, parameters.outgoingStreams);
    cookie[22] = (parameters.forwardTsn ? FLAG_FORWARD_TSN : 0) | (parameters.reconfig ? FLAG_RECONFIG : 0);
    writeUint32(cookie, 24, tieTags.local);
    writeUint32(cookie, 28, tieTags.peer);
    view.setFloat64(32, createdAt);
    cookie.set(this.#mac(cookie), STATE_LENGTH);
    return cookie;
  }

  /** The state in a cookie that we made ourselves, else undefined. Whether it is stale is for the caller. */
  verify(cookie: Uint8Array): StateCookie | undefined {
    if (cookie.length !== STATE_LENGTH + MAC_LENGTH) return undefined;
    if (!timingSafeEqual(this.#mac(cookie), cookie.subarray(STATE_LENGTH))) return undefined;
    const flags = cookie[22]!;
    return {
      parameters: {
        localTag: readUint32(cookie, 0),
        peerTag: readUint32(cookie, 4),
        localInitialTsn: readUint32(cookie, 8),
        peerInitialTsn: readUint32(cookie, 12),
        peerWindow: readUint32(cookie, 16),
        outgoingStreams: readUint16(cookie, 20),
        forwardTsn: (flags & FLAG_FORWARD_TSN) !== 0,
        reconfig: (flags & FLAG_RECONFIG) !== 0,
      },
      tieTags: { local: readUint32(cookie, 24), peer: readUint32(cookie, 28) },
      createdAt: new DataView(cookie.buffer, cookie.byteOffset).getFloat64(32),
    };
  }

  #mac(cookie: Uint8Array): Uint8Array {
    return createHmac('sha256', this.#secret).update(cookie.subarray(0, STATE_LENGTH)).digest();
  }
}
