import type { Message } from '@parley/contract';
import type { Transaction } from 'kysely';
import { newId } from '../ids.js';
import { moveReadMark } from '../reading/read-marks.js';
import type { RandomBytes } from '../ids.js';
import type { Change } from '../communities/visit.js';
import { hasLink } from './links.js';
import { attach, copyAttachments, demandAttachments } from '../files/attaching.js';
import type { WorkspaceTables } from '../schema/tables.js';
import { searchVector } from '../search/words.js';
import { WorkspaceError } from '../workspace-error.js';
import { takeForward } from './forwarding.js';
import { insertMentions, whoIsCalled } from './mention-rules.js';
import type { Called } from './mention-rules.js';
import { parseMentions } from './mentions.js';
import { factsOf } from './message-answer.js';
import type { MessagePlace } from './message-page.js';
import { loadMessage, loadWritten } from './message-queries.js';
import { demand, openChannel } from './open-channel.js';
import type { OpenChannel } from './open-channel.js';
import { addReply } from './replies.js';
import { requireMessage, requireThread } from './require-message.js';
import type { MessageAddress, StoredMessage } from './require-message.js';
import { awaitTurn, checkSlowMode } from './turns.js';

/** What somebody writes, and where. */
export interface Writing extends MessagePlace {
  /** A message of the same channel. */
  replyToId: string | null;
  /** A message that is passed on. */
  forward: MessageAddress | null;
  /** As `messageText` of the contract lets it through; empty only where something is attached or passed on. */
  text: string;
  /** Uploads of the author's. */
  attachmentIds: readonly string[];
  nonce: string;
}

/**
 * Writes a message, once for each nonce of its author: for one that is used, its message is answered. Nothing is written
 * before everything is checked.
 */
export async function postMessage(
  { trx, events, now }: Change,
  random: RandomBytes,
  userId: string,
  writing: Writing,
): Promise<Message> {
  const { channelId, threadId, replyToId, forward, nonce, attachmentIds } = writing;
  const open = await openChannel(trx, { userId, channelId, now });
  await awaitTurn(trx, userId, channelId);
  const earlier = await findByNonce(trx, userId, writing);
  if (earlier !== undefined) return loadMessage(trx, userId, earlier);
  const root = await threadOf(trx, writing);
  demandWriting(open, root);
  await checkSlowMode(trx, open, now);
  if (replyToId !== null) {
    demand(open, 'read_history', 'answer messages');
    await requireMessage(trx, { channelId, messageId: replyToId }, { field: 'reply_to_id' });
  }
  await demandAttachments(trx, open, attachmentIds);
  const original = forward === null ? undefined : await takeForward(trx, { userId, from: forward, now });
  const called = await whoIsCalled(trx, parseMentions(writing.text), open);
  const id = newId(now, random);
  await insertMessage(trx, { id, userId, writing, called });
  await attach(trx, id, attachmentIds);
  if (original !== undefined) {
    const copy = { userId, channelId, messageId: id, now, random };
    await copyAttachments(trx, original.attachments, copy);
    const forwarded = { message_id: id, original_id: original.id, text: original.text };
    await trx.insertInto('forwards').values(forwarded).execute();
  }
  await moveReadMark(trx, { userId, channelId, threadId, lastReadId: id });
  const message = await loadWritten(trx, userId, id, {
    mentions: called.userIds.length + called.roleIds.length > 0,
    attachments: attachmentIds.length + (original?.attachments.length ?? 0) > 0,
  });
  const payload = { message: factsOf(message), nonce };
  events.push({ type: 'message_created', payload, audience: open.audience });
  if (root !== undefined) {
    events.push(await addReply(trx, open, root, { id, authorId: userId, called: called.userIds }));
  }
  return message;
}

async function threadOf(
  trx: Transaction<WorkspaceTables>,
  { channelId, threadId }: MessagePlace,
): Promise<StoredMessage | undefined> {
  if (threadId === null) return undefined;
  return requireThread(trx, channelId, threadId, { hold: 'change', field: 'thread_id' });
}

/** @param root of the thread in which is written; undefined for the channel itself. */
export function demandWriting(open: OpenChannel, root: StoredMessage | undefined): void {
  if (root === undefined) demand(open, 'send_messages', 'write');
  else demand(open, 'send_in_threads', 'write in threads');
  if (root?.reply_count === 0) demand(open, 'create_threads', 'begin threads');
}

async function findByNonce(
  trx: Transaction<WorkspaceTables>,
  userId: string,
  { channelId, nonce }: Writing,
): Promise<string | undefined> {
  const found = await trx
    .selectFrom('messages')
    .select(['id', 'channel_id'])
    .where('author_id', '=', userId)
    .where('nonce', '=', nonce)
    .executeTakeFirst();
  if (found === undefined || found.channel_id === channelId) return found?.id;
  throw nonceUsed();
}

async function insertMessage(
  trx: Transaction<WorkspaceTables>,
  { id, userId, writing, called }: { id: string; userId: string; writing: Writing; called: Called },
): Promise<void> {
  const { channelId, threadId, replyToId, text, nonce } = writing;
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('messages')
    .values({
      ...{ id, channel_id: channelId, thread_id: threadId, author_id: userId, nonce, text },
      ...{ search: searchVector(text), has_link: hasLink(text), mentions_everyone: called.everyone },
      reply_to_id: replyToId,
    })
    .onConflict((conflict) =>
      conflict.columns(['author_id', 'nonce']).where('nonce', 'is not', null).doNothing(),
    )
    .executeTakeFirstOrThrow();
  // In another channel, at the same time.
  if (numInsertedOrUpdatedRows === 0n) throw nonceUsed();
  await insertMentions(trx, id, writing, called);
}

function nonceUsed(): WorkspaceError {
  return new WorkspaceError('conflict', 'This nonce belongs to a message in another channel.', {
    field: 'nonce',
    remedy: 'Choose another for each message.',
  });
}
