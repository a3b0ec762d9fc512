import * as z from 'zod/mini';
import { workspaceEventBody } from './events.js';

/**
 * What comes over the WebSocket `/api/v1/events`. A client that comes back names the newest position that it has in
 * `?after=`, and gets what it has missed.
 */
export const eventFrame = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    position: z.string(),
    /** Whether all that was missed follows. Otherwise: load everything again. */
    resumed: z.boolean(),
  }),
  z.object({
    type: z.literal('event'),
    /** Null for what is not repeated, such as that somebody types. */
    position: z.nullable(z.string()),
    event: workspaceEventBody,
  }),
]);

export type EventFrame = z.output<typeof eventFrame>;

/** What a client may send: whether somebody is at it. Until it says otherwise, somebody is. */
export const activityFrame = z.object({ type: z.literal('activity'), active: z.boolean() });

/** Close code of a connection whose session has ended: whoever had it is signed out. */
export const SESSION_ENDED = 4001;
/** Of one that read too slowly: come back, and get what was missed. */
export const TOO_SLOW = 4002;
