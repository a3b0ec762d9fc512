import type { Availability } from '@parley/contract';
import type { Kysely } from 'kysely';
import { groupBy } from '../group-by.js';
import { communitiesToMeetIn } from '../people/met-in.js';
import type { WorkspaceTables } from '../schema/tables.js';

export async function loadAvailability(
  db: Kysely<WorkspaceTables>,
  userIds: readonly string[],
): Promise<Map<string, Availability>> {
  if (userIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('users')
    .select(['id', 'availability'])
    .where('id', 'in', userIds)
    .execute();
  return new Map(rows.map(({ id, availability }) => [id, availability]));
}

/** Those of some people whose presence somebody may see, themselves among them. A constant number of queries. */
export async function whomSees(
  db: Kysely<WorkspaceTables>,
  { userId, now }: { userId: string; now: number },
  otherIds: readonly string[],
): Promise<Set<string>> {
  const communityIds = await communitiesToMeetIn(db, userId, now);
  const known = friendPairs(db, otherIds)
    .where('viewer_id', '=', userId)
    .select('user_id')
    .union(partnerPairs(db, otherIds).where('theirs.user_id', '=', userId).select('own.user_id'));
  const rows =
    communityIds.length === 0
      ? await known.execute()
      : await known
          .union(
            db
              .selectFrom('members')
              .select('user_id')
              .where('community_id', 'in', communityIds)
              .where('user_id', 'in', otherIds),
          )
          .execute();
  const blocking = await db
    .selectFrom('blocks')
    .select('user_id')
    .where('user_id', 'in', otherIds)
    .where('blocked_id', '=', userId)
    .execute();
  const hidden = new Set(blocking.map(({ user_id }) => user_id));
  const seen = rows.map(({ user_id }) => user_id).filter((id) => !hidden.has(id));
  return new Set([...seen, ...otherIds.filter((id) => id === userId)]);
}

/** Through what others see some people. */
export interface Sights {
  /** By person: the communities in which they are. */
  communities: ReadonlyMap<string, readonly string[]>;
  /** By person: friends, and who is in a conversation with them. */
  acquaintances: ReadonlyMap<string, readonly string[]>;
  /** By person: whom they have blocked, who sees nothing of them. */
  blocked: ReadonlyMap<string, ReadonlySet<string>>;
}

/** In a constant number of queries. */
export async function loadSights(db: Kysely<WorkspaceTables>, userIds: readonly string[]): Promise<Sights> {
  const memberships = await db
    .selectFrom('members')
    .select(['user_id', 'community_id'])
    .where('user_id', 'in', userIds)
    .execute();
  const pairs = await friendPairs(db, userIds)
    .select(['user_id', 'viewer_id'])
    .union(
      partnerPairs(db, userIds)
        .whereRef('theirs.user_id', '!=', 'own.user_id')
        .select(['own.user_id', 'theirs.user_id as viewer_id']),
    )
    .execute();
  const blocks = await db
    .selectFrom('blocks')
    .select(['user_id', 'blocked_id'])
    .where('user_id', 'in', userIds)
    .execute();
  return {
    communities: idsBy(memberships, ({ community_id }) => community_id),
    acquaintances: idsBy(pairs, ({ viewer_id }) => viewer_id),
    blocked: new Map(
      [...idsBy(blocks, ({ blocked_id }) => blocked_id)].map(([id, ids]) => [id, new Set(ids)]),
    ),
  };
}

/** Some people, each with every friend of theirs. */
function friendPairs(db: Kysely<WorkspaceTables>, userIds: readonly string[]) {
  const asking = db
    .selectFrom('friendships')
    .select(['requester_id as user_id', 'addressee_id as viewer_id'])
    .where('requester_id', 'in', userIds)
    .where('accepted_at', 'is not', null);
  const asked = db
    .selectFrom('friendships')
    .select(['addressee_id as user_id', 'requester_id as viewer_id'])
    .where('addressee_id', 'in', userIds)
    .where('accepted_at', 'is not', null);
  return db.selectFrom(asking.unionAll(asked).as('pairs'));
}

/** Some people, each with all who are in a conversation with them. */
function partnerPairs(db: Kysely<WorkspaceTables>, userIds: readonly string[]) {
  return db
    .selectFrom('channel_members as own')
    .innerJoin('channel_members as theirs', 'theirs.channel_id', 'own.channel_id')
    .where('own.user_id', 'in', userIds);
}

function idsBy<Row extends { user_id: string }>(
  rows: readonly Row[],
  idOf: (row: Row) => string,
): Map<string, string[]> {
  return new Map([...groupBy(rows, ({ user_id }) => user_id)].map(([id, own]) => [id, own.map(idOf)]));
}
