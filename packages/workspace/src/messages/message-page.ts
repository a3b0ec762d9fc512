import type { Kysely } from 'kysely';
import type { WorkspaceTables } from '../schema/tables.js';

/** Where messages stand in a row. */
export interface MessagePlace {
  channelId: string;
  /** Null for the channel itself. */
  threadId: string | null;
}

/** Which piece of the row: beside a message, around it, or the newest. At most one of the three is given. */
export interface PageWish {
  limit: number;
  before?: string | undefined;
  after?: string | undefined;
  around?: string | undefined;
}

export interface IdPage {
  /** The oldest first. */
  ids: string[];
  older: boolean;
  newer: boolean;
}

/** Finds its place by an index, wherever it is. */
export async function loadPage(
  db: Kysely<WorkspaceTables>,
  place: MessagePlace,
  { limit, before, after, around }: PageWish,
): Promise<IdPage> {
  if (after !== undefined) {
    const { ids, more } = await newerThan(db, place, after, limit);
    return { ids, older: true, newer: more };
  }
  if (around === undefined) {
    const { ids, more } = await olderThan(db, place, before, limit);
    return { ids, older: more, newer: before !== undefined };
  }
  const newer = await newerThan(db, place, around, Math.floor(limit / 2));
  const older = await olderThan(db, place, around, limit - newer.ids.length, '<=');
  return { ids: [...older.ids, ...newer.ids], older: older.more, newer: newer.more };
}

async function olderThan(
  db: Kysely<WorkspaceTables>,
  place: MessagePlace,
  id: string | undefined,
  limit: number,
  than: '<' | '<=' = '<',
) {
  const rows = await shownIn(db, place)
    .$if(id !== undefined, (query) => query.where('id', than, id ?? ''))
    .orderBy('thread_id', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return { ids: idsOf(rows.slice(0, limit)).reverse(), more: rows.length > limit };
}

async function newerThan(db: Kysely<WorkspaceTables>, place: MessagePlace, id: string, limit: number) {
  const rows = await shownIn(db, place)
    .where('id', '>', id)
    .orderBy('thread_id')
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  return { ids: idsOf(rows.slice(0, limit)), more: rows.length > limit };
}

/** A deleted message is shown only while it holds a thread. */
function shownIn(db: Kysely<WorkspaceTables>, place: MessagePlace) {
  return messagesIn(db, place).where((is) =>
    is.or([is('deleted_at', 'is', null), is('reply_count', '>', 0)]),
  );
}

/**
 * Ids of the messages of a place, which has to be asked for in the order of `thread_id` and `id`, that of its index: by the
 * id alone PostgreSQL might go through the messages of all channels.
 */
export function messagesIn(db: Kysely<WorkspaceTables>, { channelId, threadId }: MessagePlace) {
  return db
    .selectFrom('messages')
    .select('id')
    .where('channel_id', '=', channelId)
    .where('thread_id', threadId === null ? 'is' : '=', threadId);
}

function idsOf(rows: { id: string }[]): string[] {
  return rows.map(({ id }) => id);
}
