import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import type { MessagePlace } from '../messages/message-page.js';
import type { WorkspaceTables } from '../schema/tables.js';

/** Up to where somebody has read. */
export interface ReadMark extends MessagePlace {
  userId: string;
  lastReadId: string;
}

/** `forward`: who has read further stays there. */
type Way = 'forward' | 'either way';

/** Says up to where somebody has read. Of a thread it is kept for who follows it, who does from then on. */
export async function moveReadMark(
  trx: Transaction<WorkspaceTables>,
  { userId, channelId, threadId, lastReadId }: ReadMark,
  way: Way = 'forward',
): Promise<void> {
  const row = { user_id: userId, channel_id: channelId, last_read_id: lastReadId };
  const last_read_id = (table: string) =>
    way === 'forward'
      ? sql<string>`greatest(${sql.ref(`${table}.last_read_id`)}, excluded.last_read_id)`
      : sql<string>`excluded.last_read_id`;
  if (threadId === null) {
    await trx
      .insertInto('channel_reads')
      .values(row)
      .onConflict((conflict) =>
        conflict
          .columns(['user_id', 'channel_id'])
          .doUpdateSet({ last_read_id: last_read_id('channel_reads') }),
      )
      .execute();
  } else {
    await trx
      .insertInto('thread_follows')
      .values({ ...row, thread_id: threadId })
      .onConflict((conflict) =>
        conflict
          .columns(['user_id', 'thread_id'])
          .doUpdateSet({ last_read_id: last_read_id('thread_follows') }),
      )
      .execute();
  }
}
