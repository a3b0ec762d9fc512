import type { Message } from '@parley/contract';
import type { Kysely, Transaction } from 'kysely';
import { loadAttachments } from '../files/attachment-rows.js';
import type { WorkspaceTables } from '../schema/tables.js';
import { messageOf } from './message-answer.js';
import { loadMentions, loadReactions, loadRepliers, loadRows } from './message-rows.js';

/**
 * Messages as somebody sees them, in the order of the ids; ids of none are left out. A constant number of queries. Whether
 * they may be seen is not asked here.
 */
export async function loadMessages(
  db: Kysely<WorkspaceTables>,
  userId: string,
  ids: readonly string[],
): Promise<Message[]> {
  if (ids.length === 0) return [];
  const rows = new Map((await loadRows(db, userId, ids)).map((row) => [row.id, row]));
  const reactions = await loadReactions(db, userId, ids);
  const answered = [...rows.values()].flatMap(({ reply_id }) => reply_id ?? []);
  const mentions = await loadMentions(db, [...ids, ...answered]);
  const attachments = await loadAttachments(db, ids);
  const begun = ids.filter((id) => (rows.get(id)?.reply_count ?? 0) > 0);
  const repliers = await loadRepliers(db, begun);
  return ids.flatMap((id) => {
    const row = rows.get(id);
    const ofThis = ({ message_id }: { message_id: string | null }) => message_id === id;
    if (row === undefined) return [];
    const related = {
      reactions: reactions.filter(ofThis),
      mentions: mentions.filter(ofThis),
      replyMentions: mentions.filter(({ message_id }) => message_id === row.reply_id),
      attachments: attachments.filter(ofThis),
      repliers: repliers.filter(({ thread_id }) => thread_id === id),
    };
    return [messageOf(row, related)];
  });
}

/** One that is there. */
export async function loadMessage(db: Kysely<WorkspaceTables>, userId: string, id: string): Promise<Message> {
  const [message] = await loadMessages(db, userId, [id]);
  if (message === undefined) throw new Error(`There is no message ${id}`);
  return message;
}

/**
 * One that was written in this transaction: nobody has reacted to it, or answered in its thread.
 *
 * @param has whether there are any, so that what is not there is not asked for.
 */
export async function loadWritten(
  trx: Transaction<WorkspaceTables>,
  userId: string,
  id: string,
  has: { mentions: boolean; attachments: boolean },
): Promise<Message> {
  const [row] = await loadRows(trx, userId, [id]);
  if (row === undefined) throw new Error(`There is no message ${id}`);
  return messageOf(row, {
    ...{ reactions: [], repliers: [] },
    mentions: has.mentions ? await loadMentions(trx, [id]) : [],
    replyMentions: row.reply_id === null ? [] : await loadMentions(trx, [row.reply_id]),
    attachments: has.attachments ? await loadAttachments(trx, [id]) : [],
  });
}
