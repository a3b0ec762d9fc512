import type { Kysely, Selectable } from 'kysely';
import type { MessageTable } from '../schema/message-tables.js';
import type { WorkspaceTables } from '../schema/tables.js';
import { WorkspaceError } from '../workspace-error.js';

/** Where a message stands. */
export interface MessageAddress {
  channelId: string;
  messageId: string;
}

export type StoredMessage = Pick<
  Selectable<MessageTable>,
  'id' | 'thread_id' | 'author_id' | 'text' | 'reply_count' | 'last_reply_id' | 'deleted_at'
>;

/** Until the transaction ends: `stay` keeps others from changing it, `change` from answering below it as well. */
export type Hold = 'stay' | 'change';

interface Wanted {
  hold?: Hold;
  /** Of the request, where the id stands. */
  field?: string;
}

/** A message of the channel that is not deleted. */
export async function requireMessage(
  db: Kysely<WorkspaceTables>,
  { channelId, messageId }: MessageAddress,
  { hold, field }: Wanted = {},
): Promise<StoredMessage> {
  const message = await stored(db, channelId, messageId, hold);
  if (message?.deleted_at === null) return message;
  throw new WorkspaceError('not_found', 'There is no such message.', field === undefined ? {} : { field });
}

/** The message that a thread begins with, or may begin with: a deleted one as long as it has replies. */
export async function requireThread(
  db: Kysely<WorkspaceTables>,
  channelId: string,
  threadId: string,
  { hold, field }: Wanted = {},
): Promise<StoredMessage> {
  const root = await stored(db, channelId, threadId, hold);
  if (root?.thread_id === null && (root.deleted_at === null || root.reply_count > 0)) return root;
  throw new WorkspaceError('not_found', 'There is no such thread.', field === undefined ? {} : { field });
}

function stored(db: Kysely<WorkspaceTables>, channelId: string, id: string, hold: Hold | undefined) {
  return db
    .selectFrom('messages')
    .select(['id', 'thread_id', 'author_id', 'text', 'reply_count', 'last_reply_id', 'deleted_at'])
    .where('id', '=', id)
    .where('channel_id', '=', channelId)
    .$if(hold === 'stay', (query) => query.forShare())
    .$if(hold === 'change', (query) => query.forUpdate())
    .executeTakeFirst();
}
