import type { Transaction } from 'kysely';
import type { Change } from '../communities/visit.js';
import type { WorkspaceEvent } from '../events.js';
import type { WorkspaceTables } from '../schema/tables.js';
import { threadSummaryOf } from './message-answer.js';
import { messagesIn } from './message-page.js';
import { loadRepliers } from './message-rows.js';
import type { OpenChannel } from './open-channel.js';
import { requireThread } from './require-message.js';
import type { StoredMessage } from './require-message.js';

export interface Reply {
  id: string;
  authorId: string;
  /** People whom it calls. */
  called: readonly string[];
}

/** Counts a reply in its thread, which is held. Whoever began it and who is called follow it from now
 * on; its author does already. */
export async function addReply(
  trx: Transaction<WorkspaceTables>,
  open: OpenChannel,
  root: StoredMessage,
  { id, authorId, called }: Reply,
): Promise<WorkspaceEvent> {
  // Another server's clock may be ahead.
  const newest = root.last_reply_id !== null && root.last_reply_id > id ? root.last_reply_id : id;
  const counted = { reply_count: root.reply_count + 1, last_reply_id: newest };
  await trx.updateTable('messages').set(counted).where('id', '=', root.id).execute();
  const others = new Set(
    root.reply_count === 0 && root.author_id !== null ? [root.author_id, ...called] : called,
  );
  others.delete(authorId);
  if (others.size > 0) {
    // What is new to them begins with this reply.
    const last_read_id = root.last_reply_id ?? root.id;
    await trx
      .insertInto('thread_follows')
      .values(
        [...others].map((user_id) => ({ user_id, thread_id: root.id, channel_id: open.id, last_read_id })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  return threadChanged(trx, open, root.id, counted);
}

/** Counts its replies again when one was deleted. */
export async function removeReply(open: OpenChannel & Change, threadId: string): Promise<WorkspaceEvent> {
  const { trx, id: channelId } = open;
  const { reply_count } = await requireThread(trx, channelId, threadId, { hold: 'change' });
  const last = await messagesIn(trx, { channelId, threadId })
    .where('deleted_at', 'is', null)
    .orderBy('thread_id', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  const counted = { reply_count: reply_count - 1, last_reply_id: last?.id ?? null };
  await trx.updateTable('messages').set(counted).where('id', '=', threadId).execute();
  return threadChanged(trx, open, threadId, counted);
}

/** What everybody is told when a thread has more replies than before, or fewer. */
async function threadChanged(
  trx: Transaction<WorkspaceTables>,
  { id: channel_id, audience }: OpenChannel,
  thread_id: string,
  counted: Pick<StoredMessage, 'reply_count' | 'last_reply_id'>,
): Promise<WorkspaceEvent> {
  const thread = threadSummaryOf(counted, await loadRepliers(trx, [thread_id]));
  return { type: 'thread_changed', payload: { channel_id, thread_id, thread }, audience };
}
