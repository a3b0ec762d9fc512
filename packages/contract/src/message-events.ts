import * as z from 'zod/mini';
import { draft, scheduledMessage } from './composing.js';
import { mentions, messageFacts, threadSummary } from './messages.js';
import { unreadCounts } from './reading.js';

const inPlace = { channel_id: z.string(), thread_id: z.nullable(z.string()) };
const ofMessage = { channel_id: z.string(), message_id: z.string() };
const reaction = z.object({ ...ofMessage, emoji: z.string(), user_id: z.string() });
const byPerson = z.object({ ...ofMessage, user_id: z.string() });

/** To whoever sees the channel. What a message is to one person is not among it, such as whether they saved it. */
const toChannel = [
  z.object({
    type: z.literal('message_created'),
    /** By the nonce the author's client knows the message that it shows already. */
    payload: z.object({ message: messageFacts, nonce: z.string() }),
  }),
  z.object({
    type: z.literal('message_edited'),
    payload: z.object({ ...inPlace, id: z.string(), text: z.string(), edited_at: z.string(), mentions }),
  }),
  z.object({ type: z.literal('message_deleted'), payload: z.object({ ...inPlace, id: z.string() }) }),
  z.object({
    type: z.literal('thread_changed'),
    payload: z.object({ channel_id: z.string(), thread_id: z.string(), thread: threadSummary }),
  }),
  z.object({ type: z.literal('reaction_added'), payload: reaction }),
  z.object({ type: z.literal('reaction_removed'), payload: reaction }),
  z.object({ type: z.literal('message_pinned'), payload: byPerson }),
  z.object({ type: z.literal('message_unpinned'), payload: byPerson }),
  z.object({
    type: z.literal('typing'),
    /** The name is that which is shown in the channel. */
    payload: z.object({ ...inPlace, user_id: z.string(), name: z.string() }),
  }),
] as const;

/** To one person, so that all of their devices show the same. */
const toPerson = [
  z.object({ type: z.literal('reading_changed'), payload: z.extend(unreadCounts, inPlace) }),
  z.object({
    type: z.literal('following_changed'),
    payload: z.object({ channel_id: z.string(), thread_id: z.string(), following: z.boolean() }),
  }),
  z.object({
    type: z.literal('saved_changed'),
    payload: z.object({ ...ofMessage, saved: z.boolean() }),
  }),
  z.object({
    type: z.literal('draft_changed'),
    /** Null when there is none any more. */
    payload: z.object({ ...inPlace, draft: z.nullable(draft) }),
  }),
  z.object({
    type: z.literal('scheduled_changed'),
    /** Null when it was sent or taken back. */
    payload: z.object({ id: z.string(), scheduled: z.nullable(scheduledMessage) }),
  }),
] as const;

export const messageEvents = [...toChannel, ...toPerson] as const;
