import { randomBytes } from 'node:crypto';
import { AccessTokenError, AccessTokenVerifier } from '@parley/livekit/access-token';
import { z } from 'zod';
import type { ApiKey } from './api-keys.js';
import { createRoomToken } from './room-token.js';

/** What a guest's token is made of; `identity` is unique, `name` is the guest's own choice. */
export interface Guest {
  token: string;
  identity: string;
  room: string;
  name: string;
}

const MAX_LENGTH = 64;
const MAX_TOKEN_LENGTH = 8192;
const PREVIOUS_ERROR = '"previous" must be the token given before, or left out';
const IDENTITY_PREFIX = 'guest-';
/** Seconds for which an expired token still keeps its identity. */
const EXPIRED_GRACE = 24 * 60 * 60;

/** Body of a request for a guest's token. */
export const guestRequestSchema = z.object(
  {
    room: visibleText('room'),
    name: visibleText('name'),
    /** Token from before a reload: it keeps the identity. */
    previous: z.string({ error: PREVIOUS_ERROR }).max(MAX_TOKEN_LENGTH, { error: PREVIOUS_ERROR }).optional(),
  },
  { error: 'Send JSON with "room" and "name"' },
);

/** Signs tokens for people without an account. */
export class GuestTokens {
  readonly #key: ApiKey;
  readonly #verifier: AccessTokenVerifier;
  readonly #wall: () => number;

  /** `wall` is the time of day in milliseconds since 1970. */
  constructor(key: ApiKey, wall: () => number) {
    this.#key = key;
    this.#verifier = new AccessTokenVerifier(new Map([[key.key, key.secret]]), wall);
    this.#wall = wall;
  }

  /** A token for one room; the identity of `previous` is kept when this server signed it for the same room. */
  async issue(request: z.output<typeof guestRequestSchema>): Promise<Guest> {
    const { room, name, previous } = request;
    const known = previous === undefined ? undefined : await this.#identityOf(previous, room);
    const identity = known ?? `${IDENTITY_PREFIX}${randomBytes(8).toString('hex')}`;
    const token = await createRoomToken(this.#key, { room, identity, name, now: this.#wall() });
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

/** Text that people can see: no control characters, no invisible formatting that could imitate another name. */
function visibleText(field: string) {
  const error = `"${field}" must be 1 to ${MAX_LENGTH} visible characters`;
  return z
    .string({ error })
    .max(MAX_LENGTH * 8, { error })
    .transform((text) => text.normalize('NFC').trim())
    .refine((text) => characters(text) <= MAX_LENGTH && isVisible(text), { error });
}

/** How many characters a reader would count. */
function characters(text: string): number {
  return Array.from(new Intl.Segmenter().segment(text)).length;
}

function isVisible(text: string): boolean {
  // Joiners (U+200C, U+200D) belong to scripts and emoji; bidirectional controls and the rest of Cf do not.
  const joined = text.replaceAll(/[\u200c\u200d]/g, '');
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(joined) && !/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u.test(joined);
}
