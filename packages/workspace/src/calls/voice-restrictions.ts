import type { Kysely } from 'kysely';
import type { WorkspaceTables } from '../schema/tables.js';

/** What moderators have decided for somebody in the calls of a community. */
export interface VoiceRestriction {
  muted: boolean;
  deafened: boolean;
}

export const UNRESTRICTED: VoiceRestriction = { muted: false, deafened: false };

/** Of those for whom something is decided, by id. Conversations have no moderators. */
export async function loadRestrictions(
  db: Kysely<WorkspaceTables>,
  { communityId, userIds }: { communityId: string | null; userIds: readonly string[] },
): Promise<Map<string, VoiceRestriction>> {
  if (communityId === null || userIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('members')
    .select(['user_id', 'voice_muted', 'voice_deafened'])
    .where('community_id', '=', communityId)
    .where('user_id', 'in', userIds)
    .where((is) => is.or([is('voice_muted', '=', true), is('voice_deafened', '=', true)]))
    .execute();
  return new Map(
    rows.map(({ user_id, voice_muted, voice_deafened }) => [
      user_id,
      { muted: voice_muted, deafened: voice_deafened },
    ]),
  );
}
