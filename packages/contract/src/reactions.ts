import * as z from 'zod/mini';
import { emoji } from './emoji.js';
import { idField, idInPath } from './fields.js';
import { pageLimit } from './paging.js';

const ofMessage = { channel_id: idInPath('channel'), message_id: idInPath('message'), emoji };

/** Path of `/api/v1/channels/:channel_id/messages/:message_id/reactions/:emoji`. */
export const reactionPath = z.object(ofMessage);

/** The same of somebody else. */
export const othersReactionPath = z.object({ ...ofMessage, user_id: idInPath('person') });

/** Path and query of `GET` of it. */
export const reactingQuery = z.object({
  ...ofMessage,
  limit: pageLimit,
  after: z.optional(idField('after', 'a cursor')),
});

/** Who reacted. Ask with `after` the cursor for what follows. */
export const reacting = z.object({
  people: z.array(z.object({ id: z.string(), name: z.string() })),
  next: z.nullable(z.string()),
});

export type Reacting = z.output<typeof reacting>;
