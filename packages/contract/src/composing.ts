import * as z from 'zod/mini';
import { messageText } from './message-text.js';
import { nonce } from './messages.js';
import { idField, idInPath } from './fields.js';

const place = {
  channel_id: idInPath('channel'),
  thread_id: z._default(z.nullable(idField('thread_id', 'a message')), null),
  reply_to_id: z._default(z.nullable(idField('reply_to_id', 'a message')), null),
};

/** Body of `PUT /api/v1/channels/:channel_id/draft`. */
export const draftRequest = z.object(
  {
    ...place,
    /** Null takes the draft away. */
    text: z.nullable(messageText('text')),
  },
  { error: 'Send JSON with "text"' },
);

/** Body of `POST /api/v1/channels/:channel_id/typing`. */
export const typingRequest = z.object({ channel_id: place.channel_id, thread_id: place.thread_id });

/** What one has begun to write in a place. */
export const draft = z.object({
  channel_id: z.string(),
  thread_id: z.nullable(z.string()),
  reply_to_id: z.nullable(z.string()),
  text: z.string(),
  changed_at: z.string(),
});

/** Answer of `GET /api/v1/me/drafts`; what was changed last comes first. */
export const drafts = z.object({ drafts: z.array(draft) });

const SEND_AT = '"send_at" must be a time in ISO 8601 with a zone';
const sendAt = z.iso.datetime({ offset: true, error: SEND_AT });

/** Body of `POST /api/v1/channels/:channel_id/scheduled`. The message will have the nonce. */
export const scheduleRequest = z.object(
  { ...place, text: messageText('text'), nonce, send_at: sendAt },
  { error: 'Send JSON with "text", "nonce" and "send_at"' },
);

/** Body of `PATCH /api/v1/me/scheduled/:id`: what is given is changed. */
export const scheduleChange = z.object(
  { id: idInPath('scheduled message'), text: z.optional(messageText('text')), send_at: z.optional(sendAt) },
  { error: 'Send JSON with "text" or "send_at"' },
);

/** Path of one. */
export const scheduledPath = z.object({ id: idInPath('scheduled message') });

/** A message that is to be sent later. */
export const scheduledMessage = z.object({
  id: z.string(),
  channel_id: z.string(),
  thread_id: z.nullable(z.string()),
  reply_to_id: z.nullable(z.string()),
  text: z.string(),
  send_at: z.string(),
  /** Why it could not be sent when it was due; a sentence to show. Changing it lets it wait again. */
  refusal: z.nullable(z.string()),
});

/** Answer of `GET /api/v1/me/scheduled`; what is due first comes first. */
export const scheduledMessages = z.object({ scheduled: z.array(scheduledMessage) });

export type Draft = z.output<typeof draft>;
export type ScheduledMessage = z.output<typeof scheduledMessage>;
