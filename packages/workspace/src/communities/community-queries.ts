import type { Kysely } from 'kysely';
import type { WorkspaceTables } from '../schema/tables.js';

/** In the order in which they joined. */
export async function communityIdsOf(db: Kysely<WorkspaceTables>, userId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('members')
    .select('community_id')
    .where('user_id', '=', userId)
    .orderBy('joined_at')
    .orderBy('community_id')
    .execute();
  return rows.map(({ community_id }) => community_id);
}
