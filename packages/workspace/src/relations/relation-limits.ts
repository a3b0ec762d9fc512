import type { Transaction } from 'kysely';
import { checkLimit } from '../limits.js';
import type { WorkspaceTables } from '../schema/tables.js';

/** Each throws `limit_reached` for who has as many as there may be. */
export async function checkRequests(trx: Transaction<WorkspaceTables>, userId: string): Promise<void> {
  const waiting = await trx
    .selectFrom('friendships')
    .select('addressee_id')
    .where('requester_id', '=', userId)
    .where('accepted_at', 'is', null)
    .execute();
  checkLimit('friendRequests', waiting.length);
}

export async function checkFriends(trx: Transaction<WorkspaceTables>, userId: string): Promise<void> {
  const { count } = await trx
    .selectFrom('friendships')
    .select((is) => is.fn.countAll<string>().as('count'))
    .where((is) => is.or([is('requester_id', '=', userId), is('addressee_id', '=', userId)]))
    .where('accepted_at', 'is not', null)
    .executeTakeFirstOrThrow();
  checkLimit('friends', Number(count));
}

export async function checkBlocks(trx: Transaction<WorkspaceTables>, userId: string): Promise<void> {
  const { count } = await trx
    .selectFrom('blocks')
    .select((is) => is.fn.countAll<string>().as('count'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow();
  checkLimit('blocks', Number(count));
}
