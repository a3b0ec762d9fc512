import * as z from 'zod/mini';
import { CHANNEL_ROOMS, NAME_LIMIT, roomKey } from './names.js';
import { visibleText } from './visible-text.js';

/** Body of `POST /api/guest-token`. */
export type GuestTokenRequest = z.output<typeof guestTokenRequest>;

const LIMITS = { characters: NAME_LIMIT, bytes: 512 };
const MAX_TOKEN_LENGTH = 8192;
const PREVIOUS_ERROR = '"previous" must be the token given before, or left out';

/**
 * A room's name as a person writes it. It comes out as its key: however it is spelled, it is one room. Those of channels are
 * none of them.
 */
export const roomName = z.pipe(
  z.pipe(visibleText('room', LIMITS), z.transform(roomKey)),
  z.string().check(
    z.refine((room) => !room.startsWith(CHANNEL_ROOMS), {
      error: `"room" must not begin with "${CHANNEL_ROOMS}"`,
    }),
  ),
);

export const guestTokenRequest = z.object(
  {
    room: roomName,
    name: visibleText('name', LIMITS),
    /** The token held before, good or expired: the guest keeps their identity. */
    previous: z.optional(
      z.string({ error: PREVIOUS_ERROR }).check(z.maxLength(MAX_TOKEN_LENGTH, { error: PREVIOUS_ERROR })),
    ),
  },
  { error: 'Send JSON with "room" and "name"' },
);

/** Answer of `POST /api/guest-token`. */
export const guestToken = z.object({
  token: z.string(),
  identity: z.string(),
  /** The room's key. */
  room: z.string(),
  name: z.string(),
});

export type GuestToken = z.output<typeof guestToken>;
