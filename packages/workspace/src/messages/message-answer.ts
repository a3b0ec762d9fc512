import { messageFacts } from '@parley/contract';
import type { Mentions, Message, MessageFacts, ReplyPreview, ThreadSummary } from '@parley/contract';
import { attachmentOf } from '../files/attachment-rows.js';
import type { AttachmentRow } from '../files/attachment-rows.js';
import { timeOfId } from '../ids.js';
import { PREVIEW_LENGTH } from './message-rows.js';
import type { MentionRow, MessageRow, ReactionRow, ReplierRow } from './message-rows.js';

/** What of other tables belongs to a message. */
export interface RelatedRows {
  reactions: ReactionRow[];
  mentions: MentionRow[];
  /** Of the message that is answered. */
  replyMentions: MentionRow[];
  /** Who wrote in its thread. */
  repliers: ReplierRow[];
  attachments: AttachmentRow[];
}

/** A message as the API shows it. */
export function messageOf(
  row: MessageRow,
  { reactions, mentions, replyMentions, repliers, attachments }: RelatedRows,
): Message {
  return {
    ...{ id: row.id, channel_id: row.channel_id, thread_id: row.thread_id, text: row.text },
    author: authorOf(row.author_id, row.author_name),
    created_at: timeText(row.id),
    edited_at: row.edited_at?.toISOString() ?? null,
    deleted: row.deleted_at !== null,
    reply_to: replyOf(row, replyMentions),
    forwarded: forwardOf(row, attachments),
    attachments: attachments.filter(({ copied_from }) => copied_from === null).map(attachmentOf),
    mentions: mentionsOf(mentions, row.mentions_everyone),
    ...(row.call_id !== null && { call: { seconds: row.call_seconds } }),
    reactions: reactions.map(({ emoji, count, mine }) => ({ emoji, count, mine })),
    thread: threadOf(row, repliers),
    ...{ pinned: row.pin_id !== null, saved: row.saved_id !== null },
  };
}

/** When a message was written, in ISO 8601. */
export function timeText(id: string): string {
  return new Date(timeOfId(id)).toISOString();
}

export function threadSummaryOf(
  { reply_count, last_reply_id }: Pick<MessageRow, 'reply_count' | 'last_reply_id'>,
  repliers: ReplierRow[],
): ThreadSummary {
  return {
    reply_count,
    last_reply_at: last_reply_id === null ? null : timeText(last_reply_id),
    people: repliers.map(({ id, name }) => ({ id, name })),
  };
}

/** What of a message is the same for everybody. */
export function factsOf(message: Message): MessageFacts {
  return messageFacts.parse(message);
}

function authorOf(id: string | null, name: string | null): Message['author'] {
  return id === null || name === null ? null : { id, name };
}

function replyOf(row: MessageRow, mentions: MentionRow[]): ReplyPreview | null {
  if (row.reply_id === null) return null;
  return {
    ...{ id: row.reply_id, channel_id: row.channel_id, text: withoutHalf(row.reply_text ?? '') },
    author: authorOf(row.reply_author_id, row.reply_author_name),
    files: row.reply_files,
    mentions: namesOf(mentions),
    deleted: row.reply_deleted_at !== null,
  };
}

function forwardOf(row: MessageRow, attachments: AttachmentRow[]): Message['forwarded'] {
  if (row.original_id === null || row.original_channel_id === null) return null;
  const passedOn = attachments.filter(({ copied_from }) => copied_from !== null);
  return {
    ...{ id: row.original_id, channel_id: row.original_channel_id, text: row.forwarded_text ?? '' },
    author: authorOf(row.original_author_id, row.original_author_name),
    ...{ files: passedOn.length, attachments: passedOn.map(attachmentOf) },
    deleted: row.original_deleted_at !== null,
  };
}

/** The beginning of a text, without the part of a mention at its end. */
function withoutHalf(text: string): string {
  return text.length < PREVIEW_LENGTH ? text : text.replace(/<[@#]?&?[\da-f-]{0,36}$/u, '');
}

function mentionsOf(rows: MentionRow[], everyone: Mentions['everyone']): Mentions {
  return { ...namesOf(rows), everyone };
}

function namesOf(rows: MentionRow[]): ReplyPreview['mentions'] {
  const people = rows.flatMap(({ user_id, name }) =>
    user_id === null || name === null ? [] : [{ id: user_id, name }],
  );
  const role_ids = rows.filter(({ user_id }) => user_id === null).map(({ target_id }) => target_id);
  return { people, role_ids };
}

function threadOf(row: MessageRow, repliers: ReplierRow[]): Message['thread'] {
  if (row.reply_count === 0) return null;
  return { ...threadSummaryOf(row, repliers), following: row.followed_id !== null };
}
