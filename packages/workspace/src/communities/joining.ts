import type { Transaction } from 'kysely';
import { checkLimit } from '../limits.js';
import type { WorkspaceTables } from '../schema/tables.js';

/** Throws `limit_reached` for who is a member of too many communities. */
export async function checkMayJoin(trx: Transaction<WorkspaceTables>, userId: string): Promise<void> {
  const joined = await trx
    .selectFrom('members')
    .select('community_id')
    .where('user_id', '=', userId)
    .execute();
  checkLimit('communitiesJoined', joined.length);
}
