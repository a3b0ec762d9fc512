import type { Kysely } from 'kysely';
import { loadActor, loadCommunities } from '../communities/access-queries.js';
import { permissionsIn } from '../permissions/index.js';
import type { WorkspaceTables } from '../schema/tables.js';

/** Ids of the communities in which somebody sees who else is a member. A constant number of queries. */
export async function communitiesToMeetIn(
  db: Kysely<WorkspaceTables>,
  userId: string,
  now: number,
): Promise<string[]> {
  const subject = await loadActor(db, userId);
  const communities = await loadCommunities(db, [...subject.memberships.keys()]);
  return [...communities]
    .filter(([, { access: community }]) =>
      permissionsIn(subject, { kind: 'community', community }, now).has('view_members'),
    )
    .map(([id]) => id);
}
