import type { Kysely } from 'kysely';
import type { WorkspaceTables } from '../schema/tables.js';

/** Ids of the communities in which both are members. */
export async function commonCommunities(
  db: Kysely<WorkspaceTables>,
  userId: string,
  otherId: string,
): Promise<string[]> {
  const rows = await db
    .selectFrom('members as own')
    .innerJoin('members as theirs', 'theirs.community_id', 'own.community_id')
    .select('own.community_id')
    .where('own.user_id', '=', userId)
    .where('theirs.user_id', '=', otherId)
    .orderBy('own.joined_at')
    .execute();
  return rows.map(({ community_id }) => community_id);
}

export async function haveConversation(
  db: Kysely<WorkspaceTables>,
  userId: string,
  otherId: string,
): Promise<boolean> {
  const common = await db
    .selectFrom('channel_members as own')
    .innerJoin('channel_members as theirs', 'theirs.channel_id', 'own.channel_id')
    .select('own.channel_id')
    .where('own.user_id', '=', userId)
    .where('theirs.user_id', '=', otherId)
    .limit(1)
    .executeTakeFirst();
  return common !== undefined;
}

/** Friends, those who asked or were asked, and who is in a conversation with somebody. */
export async function acquaintancesOf(db: Kysely<WorkspaceTables>, userId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('friendships')
    .select('addressee_id as id')
    .where('requester_id', '=', userId)
    .union(db.selectFrom('friendships').select('requester_id as id').where('addressee_id', '=', userId))
    .union(
      db
        .selectFrom('channel_members as own')
        .innerJoin('channel_members as theirs', 'theirs.channel_id', 'own.channel_id')
        .select('theirs.user_id as id')
        .where('own.user_id', '=', userId),
    )
    .execute();
  return rows.map(({ id }) => id).filter((id) => id !== userId);
}
