import type { Person, Relation, Relations } from '@parley/contract';
import type { Kysely } from 'kysely';
import { PERSON_COLUMNS, personOf } from '../people/person-queries.js';
import type { WorkspaceTables } from '../schema/tables.js';

/** All whom somebody is related to, by user name. Who has blocked them is there as if they had not. */
export async function loadRelations(
  db: Kysely<WorkspaceTables>,
  userId: string,
  now: number,
): Promise<Relations> {
  const friendships = await friendshipsOf(db, userId)
    .innerJoin('users', 'users.id', 'pairs.other_id')
    .select(PERSON_COLUMNS)
    .select(['pairs.requester_id', 'pairs.accepted_at'])
    .orderBy('users.name_key')
    .execute();
  const blocks = await db
    .selectFrom('blocks')
    .innerJoin('users', 'users.id', 'blocks.blocked_id')
    .select(PERSON_COLUMNS)
    .where('blocks.user_id', '=', userId)
    .orderBy('users.name_key')
    .execute();
  const blockedIds = new Set(blocks.map(({ id }) => id));
  const lists: Record<Relation, Person[]> = { friend: [], incoming: [], outgoing: [], blocked: [] };
  for (const row of friendships) {
    if (!blockedIds.has(row.id)) lists[relationIn(row, userId)].push(personOf(row, now));
  }
  for (const row of blocks) lists.blocked.push(personOf(row, now));
  return {
    friends: lists.friend,
    incoming: lists.incoming,
    outgoing: lists.outgoing,
    blocked: lists.blocked,
  };
}

/** What another is to somebody; null for nobody in particular. */
export async function relationOf(
  db: Kysely<WorkspaceTables>,
  userId: string,
  otherId: string,
): Promise<Relation | null> {
  if (await hasBlocked(db, userId, otherId)) return 'blocked';
  const row = await friendshipsOf(db, userId)
    .select(['pairs.requester_id', 'pairs.accepted_at'])
    .where('pairs.other_id', '=', otherId)
    .executeTakeFirst();
  return row === undefined ? null : relationIn(row, userId);
}

export async function hasBlocked(
  db: Kysely<WorkspaceTables>,
  userId: string,
  otherId: string,
): Promise<boolean> {
  const block = await db
    .selectFrom('blocks')
    .select('user_id')
    .where('user_id', '=', userId)
    .where('blocked_id', '=', otherId)
    .executeTakeFirst();
  return block !== undefined;
}

/** Friendships and requests of somebody, each with who the other is. */
function friendshipsOf(db: Kysely<WorkspaceTables>, userId: string) {
  const asked = db
    .selectFrom('friendships')
    .select(['addressee_id as other_id', 'requester_id', 'accepted_at'])
    .where('requester_id', '=', userId);
  const wasAsked = db
    .selectFrom('friendships')
    .select(['requester_id as other_id', 'requester_id', 'accepted_at'])
    .where('addressee_id', '=', userId);
  return db.selectFrom(asked.unionAll(wasAsked).as('pairs'));
}

function relationIn(
  { requester_id, accepted_at }: { requester_id: string; accepted_at: Date | null },
  userId: string,
): 'friend' | 'incoming' | 'outgoing' {
  if (accepted_at !== null) return 'friend';
  return requester_id === userId ? 'outgoing' : 'incoming';
}
