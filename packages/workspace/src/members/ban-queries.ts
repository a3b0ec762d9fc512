import type { BanPage } from '@parley/contract';
import type { Insertable, Kysely, Transaction } from 'kysely';
import { keyOfCursor, pageOf } from '../list-cursor.js';
import type { ListPart } from '../list-cursor.js';
import { PERSON_COLUMNS, personOf } from '../people/person-queries.js';
import type { BanTable, WorkspaceTables } from '../schema/tables.js';

/** Those in force, by the user names of who is banned. */
export async function listBans(
  db: Kysely<WorkspaceTables>,
  { communityId, now }: { communityId: string; now: number },
  { cursor, limit }: ListPart,
): Promise<BanPage> {
  const rows = await bansInForce(db, communityId, now)
    .innerJoin('users', 'users.id', 'bans.user_id')
    .select(PERSON_COLUMNS)
    .select(['users.name_key', 'bans.reason', 'bans.banned_by', 'bans.banned_at', 'bans.until'])
    .where('users.name_key', '>', keyOfCursor(cursor))
    .orderBy('users.name_key')
    .limit(limit + 1)
    .execute();
  const { page, next } = pageOf(rows, limit, ({ name_key }) => name_key);
  const bans = page.map((row) => ({
    person: personOf(row, now),
    reason: row.reason,
    banned_by: row.banned_by,
    banned_at: row.banned_at.toISOString(),
    until: row.until?.toISOString() ?? null,
  }));
  return { bans, next };
}

export async function isBanned(
  db: Kysely<WorkspaceTables>,
  { communityId, userId, now }: { communityId: string; userId: string; now: number },
): Promise<boolean> {
  const ban = await bansInForce(db, communityId, now)
    .select('bans.user_id')
    .where('bans.user_id', '=', userId)
    .executeTakeFirst();
  return ban !== undefined;
}

export async function putBan(trx: Transaction<WorkspaceTables>, ban: Insertable<BanTable>): Promise<void> {
  const { banned_by, reason, banned_at, until } = ban;
  await trx
    .insertInto('bans')
    .values(ban)
    .onConflict((conflict) =>
      conflict.columns(['community_id', 'user_id']).doUpdateSet({ banned_by, reason, banned_at, until }),
    )
    .execute();
}

/** Whether there was one in force. One that has ended goes as well. */
export async function deleteBan(
  trx: Transaction<WorkspaceTables>,
  { communityId, userId }: { communityId: string; userId: string },
  now: number,
): Promise<boolean> {
  const gone = await trx
    .deleteFrom('bans')
    .where('community_id', '=', communityId)
    .where('user_id', '=', userId)
    .returning('until')
    .executeTakeFirst();
  return gone !== undefined && (gone.until === null || gone.until.getTime() > now);
}

function bansInForce(db: Kysely<WorkspaceTables>, communityId: string, now: number) {
  return db
    .selectFrom('bans')
    .where('bans.community_id', '=', communityId)
    .where((is) => is.or([is('bans.until', 'is', null), is('bans.until', '>', new Date(now))]));
}
