import * as z from 'zod/mini';
import { message } from './messages.js';
import { idField, idInPath } from './fields.js';
import { pageLimit } from './paging.js';

const MARK = 'Send JSON with "message_id"';

/** Body of `POST /api/v1/channels/:channel_id/read` and `…/unread`. */
export const readMark = z.object(
  {
    channel_id: idInPath('channel'),
    message_id: idField('message_id', 'a message'),
    thread_id: z._default(z.nullable(idField('thread_id', 'a message')), null),
  },
  { error: MARK },
);

/** Body of `POST /api/v1/me/read`: in what all is read. With neither: everywhere. */
export const catchUp = z.object(
  {
    community_id: z._default(z.nullable(idField('community_id', 'a community')), null),
    channel_id: z._default(z.nullable(idField('channel_id', 'a channel')), null),
  },
  { error: 'Send JSON, such as {}' },
);

/** What is new to somebody in a channel or thread. */
export const unreadCounts = z.object({
  /** Null where they have read nothing. */
  last_read_id: z.nullable(z.string()),
  /** Messages of others among the newest 100. */
  unread: z.int(),
  /** Those among them that call one. */
  mentions: z.int(),
});

export const unreadChannel = z.extend(unreadCounts, { channel_id: z.string() });

/** Answer of `GET /api/v1/me/unread`: of every channel that one sees. */
export const unreadChannels = z.object({ channels: z.array(unreadChannel) });

/** Path of `/api/v1/channels/:channel_id/threads/:thread_id/following`. */
export const threadPath = z.object({ channel_id: idInPath('channel'), thread_id: idInPath('thread') });

/** Path and query of `GET /api/v1/channels/:channel_id/threads`. */
export const threadsQuery = z.object({
  channel_id: idInPath('channel'),
  limit: pageLimit,
  before: z.optional(idField('before', 'a cursor')),
});

/** Query of `GET /api/v1/me/threads`. */
export const followedQuery = z.object({
  limit: pageLimit,
  before: z.optional(idField('before', 'a cursor')),
});

/** Messages with threads, those answered last first. Ask with `before` the cursor for what follows. */
export const threadPage = z.object({ threads: z.array(message), next: z.nullable(z.string()) });

/** Threads that one follows, with what is new in them. */
export const followedThreads = z.object({
  threads: z.array(z.extend(unreadCounts, { message })),
  next: z.nullable(z.string()),
});

export type UnreadCounts = z.output<typeof unreadCounts>;
export type UnreadChannel = z.output<typeof unreadChannel>;
export type ThreadPage = z.output<typeof threadPage>;
export type FollowedThreads = z.output<typeof followedThreads>;
