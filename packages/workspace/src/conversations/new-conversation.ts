import type { Transaction } from 'kysely';
import { checkLimit } from '../limits.js';
import type { WorkspaceTables } from '../schema/tables.js';

export interface NewConversation {
  id: string;
  kind: 'direct' | 'group';
  name: string;
  memberIds: readonly string[];
  /** Milliseconds since 1970. */
  now: number;
}

export async function insertConversation(
  trx: Transaction<WorkspaceTables>,
  { id, kind, name, memberIds, now }: NewConversation,
): Promise<void> {
  const at = new Date(now);
  await trx
    .insertInto('channels')
    .values({ id, community_id: null, kind, name, archived_at: null, created_at: at })
    .execute();
  await trx
    .insertInto('channel_members')
    .values(memberIds.map((user_id) => ({ channel_id: id, user_id, joined_at: at })))
    .execute();
}

/** Makes a conversation the one of two people. Whether they had none. */
export async function insertPair(
  trx: Transaction<WorkspaceTables>,
  channelId: string,
  both: readonly [string, string],
): Promise<boolean> {
  const [low_user_id, high_user_id] = both[0] < both[1] ? both : [both[1], both[0]];
  const inserted = await trx
    .insertInto('direct_pairs')
    .values({ channel_id: channelId, low_user_id, high_user_id })
    .onConflict((conflict) => conflict.columns(['low_user_id', 'high_user_id']).doNothing())
    .returning('channel_id')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** Throws `limit_reached` if one of them is in as many groups as may be. */
export async function checkGroups(
  trx: Transaction<WorkspaceTables>,
  userIds: readonly string[],
): Promise<void> {
  const counts = await trx
    .selectFrom('channel_members')
    .innerJoin('channels', 'channels.id', 'channel_members.channel_id')
    .select((is) => is.fn.countAll<string>().as('count'))
    .where('channel_members.user_id', 'in', userIds)
    .where('channels.kind', '=', 'group')
    .groupBy('channel_members.user_id')
    .execute();
  checkLimit('groups', Math.max(0, ...counts.map(({ count }) => Number(count))));
}
