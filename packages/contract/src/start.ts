import * as z from 'zod/mini';
import { community } from './communities.js';
import { conversation } from './conversations.js';
import { profile } from './people.js';
import { unreadChannel } from './reading.js';
import { relations } from './relations.js';

/** Answer of `GET /api/v1/start`: what the page needs to begin with, each as its own path answers it. */
export const start = z.object({
  me: profile,
  /** In the order in which one joined. */
  communities: z.array(community),
  conversations: z.array(conversation),
  relations,
  /** Of each channel and conversation. */
  unread: z.array(unreadChannel),
});

export type Start = z.output<typeof start>;
