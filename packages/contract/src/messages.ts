import * as z from 'zod/mini';
import { attachment, attachmentIds } from './attachments.js';
import { messageText, messageTextError } from './message-text.js';
import { idField, idInPath } from './fields.js';
import { pageLimit } from './paging.js';

/** Whoever wrote something, by the name that is shown in the channel; null where the account is gone. */
export const author = z.nullable(z.object({ id: z.string(), name: z.string() }));

/** What is shown of a message that is answered or passed on. */
export const messagePreview = z.object({
  id: z.string(),
  channel_id: z.string(),
  author,
  /** Of a message that is answered its beginning; empty when it is deleted. */
  text: z.string(),
  /** How many files it has. */
  files: z.int(),
  deleted: z.boolean(),
});

/** Who is called by a message, as far as its author may. */
export const mentions = z.object({
  people: z.array(z.object({ id: z.string(), name: z.string() })),
  role_ids: z.array(z.string()),
  /** `here`: who is online; `channel`: everybody who sees the channel. */
  everyone: z.nullable(z.enum(['here', 'channel'])),
});

/** What is shown of a message above the answer to it: also whom its text names. */
export const replyPreview = z.extend(messagePreview, {
  mentions: z.pick(mentions, { people: true, role_ids: true }),
});

/** What a message is to everybody. Times are in ISO 8601. */
export const messageFacts = z.object({
  /** Ids sort by time. */
  id: z.string(),
  channel_id: z.string(),
  /** The message that its thread began with; null in the channel itself. */
  thread_id: z.nullable(z.string()),
  author,
  /** Markdown, with `<@id>`, `<@&id>` and `<#id>` for people, roles and channels. */
  text: z.string(),
  created_at: z.string(),
  edited_at: z.nullable(z.string()),
  /** Only one with a thread is still listed then. */
  deleted: z.boolean(),
  reply_to: z.nullable(replyPreview),
  forwarded: z.nullable(z.extend(messagePreview, { attachments: z.array(attachment) })),
  attachments: z.array(attachment),
  mentions,
  /** Of a message that stands for a call of its conversation: how long it was; null if nobody answered. */
  call: z.optional(z.object({ seconds: z.nullable(z.int()) })),
});

/** Of the thread below a message. */
export const threadSummary = z.object({
  reply_count: z.int(),
  /** Null when no reply is left. */
  last_reply_at: z.nullable(z.string()),
  /** Up to three of who wrote in it, the last first. */
  people: z.array(z.object({ id: z.string(), name: z.string() })),
});

/** A message as one person sees it. */
export const message = z.extend(messageFacts, {
  /** In the order in which they were first given. */
  reactions: z.array(z.object({ emoji: z.string(), count: z.int(), mine: z.boolean() })),
  /** Null where there is none. */
  thread: z.nullable(z.extend(threadSummary, { following: z.boolean() })),
  pinned: z.boolean(),
  saved: z.boolean(),
});

/** A piece of a list, the oldest first. */
export const messagePage = z.object({
  messages: z.array(message),
  /** Whether there are more on either side: ask with `before` the first or `after` the last. */
  older: z.boolean(),
  newer: z.boolean(),
});

const NONCE = '"nonce" must be 1 to 64 letters, digits, "-" and "_"';
export const nonce = z.string({ error: NONCE }).check(z.regex(/^[\w-]{1,64}$/, { error: NONCE }));

/** Body of `POST /api/v1/channels/:channel_id/messages`. */
export const messageRequest = z
  .object(
    {
      channel_id: idInPath('channel'),
      /** May be empty where there are attachments. */
      text: z._default(
        z.union([z.literal(''), messageText('text')], { error: messageTextError('text') }),
        '',
      ),
      attachment_ids: attachmentIds,
      /** Chosen by the client: sending again with it answers the message that is there. */
      nonce,
      thread_id: z._default(z.nullable(idField('thread_id', 'a message')), null),
      reply_to_id: z._default(z.nullable(idField('reply_to_id', 'a message')), null),
    },
    { error: 'Send JSON with "text" and "nonce"' },
  )
  .check(
    z.refine(({ text, attachment_ids }) => text !== '' || attachment_ids.length > 0, {
      error: messageTextError('text'),
      path: ['text'],
    }),
  );

/** Body of `POST /api/v1/channels/:channel_id/forwards`: passes a message on into the channel. */
export const forwardRequest = z.object(
  {
    channel_id: idInPath('channel'),
    nonce,
    thread_id: z._default(z.nullable(idField('thread_id', 'a message')), null),
    from: z.object(
      {
        channel_id: idField('from.channel_id', 'a channel'),
        message_id: idField('from.message_id', 'a message'),
      },
      { error: '"from" must have "channel_id" and "message_id"' },
    ),
    /** Words of one's own above it. */
    text: z._default(z.nullable(messageText('text')), null),
  },
  { error: 'Send JSON with "nonce" and "from"' },
);

const inPage = {
  limit: pageLimit,
  before: z.optional(idField('before', 'a message')),
  after: z.optional(idField('after', 'a message')),
  around: z.optional(idField('around', 'a message')),
};
const ONE_PLACE = 'Give one of "before", "after" and "around", or none for the newest';
const onePlace = z.refine<{ before?: unknown; after?: unknown; around?: unknown }>(
  ({ before, after, around }) => [before, after, around].filter((place) => place !== undefined).length <= 1,
  { error: ONE_PLACE },
);

/** Path and query of `GET /api/v1/channels/:channel_id/messages`. */
export const messagesQuery = z.object({ channel_id: idInPath('channel'), ...inPage }).check(onePlace);

/** Path and query of `GET /api/v1/channels/:channel_id/threads/:thread_id/messages`. */
export const threadMessagesQuery = z
  .object({ channel_id: idInPath('channel'), thread_id: idInPath('thread'), ...inPage })
  .check(onePlace);

/** Path of one message. */
export const messagePath = z.object({ channel_id: idInPath('channel'), message_id: idInPath('message') });

export type Message = z.output<typeof message>;
export type MessageFacts = z.output<typeof messageFacts>;
export type MessagePage = z.output<typeof messagePage>;
export type ReplyPreview = z.output<typeof replyPreview>;
export type Mentions = z.output<typeof mentions>;
export type ThreadSummary = z.output<typeof threadSummary>;

/** Body of `PATCH` of one message. */
export const messageEdit = z.object(
  { channel_id: idInPath('channel'), message_id: idInPath('message'), text: messageText('text') },
  { error: 'Send JSON with "text"' },
);

/** A text that an edit replaced, and when. */
export const messageVersion = z.object({ text: z.string(), replaced_at: z.string() });

/** What a message said before, the oldest first. */
export const messageVersions = z.object({ versions: z.array(messageVersion) });

/** What is pinned in a channel; what was pinned last comes first. */
export const pins = z.object({
  pins: z.array(z.object({ message, pinned_by: z.nullable(z.string()), pinned_at: z.string() })),
});

/** Path of `GET /api/v1/channels/:channel_id/pins`. */
export const pinsPath = z.object({ channel_id: idInPath('channel') });

/** Query of `GET /api/v1/me/saved`. */
export const savedQuery = z.object({ limit: pageLimit, before: z.optional(idField('before', 'a cursor')) });

/** What one saved, the last first. Ask with `before` the cursor for what follows. */
export const savedPage = z.object({ messages: z.array(message), next: z.nullable(z.string()) });

export type MessageVersion = z.output<typeof messageVersion>;
export type Pin = z.output<typeof pins>['pins'][number];
export type SavedPage = z.output<typeof savedPage>;
