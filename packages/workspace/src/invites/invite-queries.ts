import type { CommunityInvites } from '@parley/contract';
import type { Kysely } from 'kysely';
import { PERSON_COLUMNS, personOf } from '../people/person-queries.js';
import type { WorkspaceTables } from '../schema/tables.js';

/** Invites that somebody can still come by. */
export function invitesInForce(db: Kysely<WorkspaceTables>, now: number) {
  return db
    .selectFrom('invites')
    .where('invites.ended_at', 'is', null)
    .where((is) =>
      is.or([is('invites.expires_at', 'is', null), is('invites.expires_at', '>', new Date(now))]),
    )
    .where((is) =>
      is.or([is('invites.most_uses', 'is', null), is('invites.uses', '<', is.ref('invites.most_uses'))]),
    );
}

/** The newest first. */
export async function listInvites(
  db: Kysely<WorkspaceTables>,
  { communityId, madeBy, now }: { communityId: string; madeBy: string | undefined; now: number },
): Promise<CommunityInvites['invites']> {
  const all = invitesInForce(db, now)
    .innerJoin('users', 'users.id', 'invites.made_by')
    .select(PERSON_COLUMNS)
    .select(['invites.code', 'invites.created_at', 'invites.expires_at'])
    .select(['invites.most_uses', 'invites.uses'])
    .where('invites.community_id', '=', communityId)
    .orderBy('invites.created_at', 'desc')
    .orderBy('invites.code');
  const rows = await (madeBy === undefined ? all : all.where('invites.made_by', '=', madeBy)).execute();
  return rows.map((row) => ({
    code: row.code,
    made_by: personOf(row, now),
    created_at: row.created_at.toISOString(),
    expires_at: row.expires_at?.toISOString() ?? null,
    most_uses: row.most_uses,
    uses: row.uses,
  }));
}
