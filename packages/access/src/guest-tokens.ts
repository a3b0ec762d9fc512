import { AccessTokenError, AccessTokenVerifier } from './access-token.js';
import type { ApiKey } from './api-keys.js';
import { createRoomToken } from './room-token.js';

/** What a guest asks for; the name is fit to be shown. */
export interface GuestWish {
  /** One spelling for each room: to differ in a letter is to be another room. */
  room: string;
  name: string;
  /** The token held before: it keeps the identity. */
  previous?: string | undefined;
}

/** What a guest's token is made of; `identity` is unique, `name` is the guest's own choice. */
export interface Guest {
  token: string;
  identity: string;
  room: string;
  name: string;
}

export interface GuestTokensOptions {
  /** Signs the tokens. */
  key: ApiKey;
  /** The time of day in milliseconds since 1970. */
  wall: () => number;
  /** Cryptographically strong random bytes. */
  random: (bytes: number) => Uint8Array;
}

const IDENTITY_PREFIX = 'guest-';
/** Seconds for which an expired token still keeps its identity: a laptop may sleep over a weekend. */
const EXPIRED_GRACE = 7 * 24 * 60 * 60;

/** Signs tokens for people without an account. */
export class GuestTokens {
  readonly #options: GuestTokensOptions;
  readonly #verifier: AccessTokenVerifier;

  constructor(options: GuestTokensOptions) {
    const { key, wall } = options;
    this.#options = options;
    this.#verifier = new AccessTokenVerifier(new Map([[key.key, key.secret]]), wall);
  }

  /**
   * A token for one room. The identity of `previous` is kept when this server signed it for the same room, also when it has
   * expired: so whoever was away for longer than a token is good for comes back as the same person.
   */
  async issue({ room, name, previous }: GuestWish): Promise<Guest> {
    const { key, random, wall } = this.#options;
    const known = previous === undefined ? undefined : await this.#identityOf(previous, room);
    const identity = known ?? `${IDENTITY_PREFIX}${Buffer.from(random(8)).toString('hex')}`;
    const token = await createRoomToken(key, { room, identity, name, now: wall() });
    return { token, identity, room, name };
  }

  async #identityOf(token: string, room: string): Promise<string | undefined> {
    try {
      const { identity, video } = await this.#verifier.verify(token, EXPIRED_GRACE);
      return identity.startsWith(IDENTITY_PREFIX) && video.room === room ? identity : undefined;
    } catch (error) {
      // A token that is forged, broken or too old is no reason to refuse a guest: they get a new identity.
      if (error instanceof AccessTokenError) return undefined;
      throw error;
    }
  }
}
