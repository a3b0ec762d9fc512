import type { Kysely, Selectable } from 'kysely';
import { groupBy } from '../group-by.js';
import { defaultInstanceRoles, PermissionSet } from '../permissions/index.js';
import type { CommunityAccess, Membership, Role, Subject } from '../permissions/index.js';
import type { CommunityTable, WorkspaceTables } from '../schema/tables.js';
import { WorkspaceError } from '../workspace-error.js';

export type CommunityRow = Selectable<CommunityTable>;

export interface FoundCommunity {
  row: CommunityRow;
  access: CommunityAccess;
}

/** Somebody as `permissionsIn` asks about them; undefined if there is no such account. A constant number of queries. */
export async function loadSubject(db: Kysely<WorkspaceTables>, userId: string): Promise<Subject | undefined> {
  return (await loadSubjects(db, [userId])).get(userId);
}

/** Whoever asks. Throws `not_found` if their account has gone meanwhile. */
export async function loadActor(db: Kysely<WorkspaceTables>, userId: string): Promise<Subject> {
  const subject = await loadSubject(db, userId);
  if (subject === undefined) throw new WorkspaceError('not_found', 'There is no such account.');
  return subject;
}

/** Several at once, by id; who has no account is not among them. */
export async function loadSubjects(
  db: Kysely<WorkspaceTables>,
  userIds: readonly string[],
): Promise<Map<string, Subject>> {
  if (userIds.length === 0) return new Map();
  const users = await db
    .selectFrom('users')
    .leftJoin('workspace', 'workspace.owner_id', 'users.id')
    .select(['users.id', 'users.banned_at', 'workspace.owner_id'])
    .where('users.id', 'in', userIds)
    .execute();
  const rows = await db
    .selectFrom('members')
    .leftJoin('member_roles', (join) =>
      join
        .onRef('member_roles.community_id', '=', 'members.community_id')
        .onRef('member_roles.user_id', '=', 'members.user_id'),
    )
    .select(['members.user_id', 'members.community_id', 'members.timed_out_until', 'member_roles.role_id'])
    .where('members.user_id', 'in', userIds)
    .execute();
  const rowsOf = groupBy(rows, ({ user_id }) => user_id);
  return new Map(
    users.map(({ id, banned_at, owner_id }) => [
      id,
      {
        userId: id,
        ownsInstance: owner_id !== null,
        banned: banned_at !== null,
        instancePermissions: defaultInstanceRoles.account,
        memberships: membershipsOf(rowsOf.get(id) ?? []),
      },
    ]),
  );
}

function membershipsOf(
  rows: readonly { community_id: string; timed_out_until: Date | null; role_id: string | null }[],
): Map<string, Membership> {
  const memberships = new Map<string, Membership>();
  for (const { community_id, timed_out_until, role_id } of rows) {
    const others = memberships.get(community_id)?.roleIds ?? [];
    const roleIds = role_id === null ? others : [...others, role_id];
    memberships.set(community_id, { roleIds, timedOutUntil: timed_out_until?.getTime() ?? null });
  }
  return memberships;
}

/** A community as `permissionsIn` asks about it; undefined if it is not there. */
export async function loadCommunityAccess(
  db: Kysely<WorkspaceTables>,
  id: string,
): Promise<CommunityAccess | undefined> {
  return (await loadCommunities(db, [id])).get(id)?.access;
}

/** Several communities at once, by id; those that are not there are left out. A constant number of queries. */
export async function loadCommunities(
  db: Kysely<WorkspaceTables>,
  ids: readonly string[],
): Promise<Map<string, FoundCommunity>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('communities').selectAll().where('id', 'in', ids).execute();
  const roles = await db.selectFrom('roles').selectAll().where('community_id', 'in', ids).execute();
  const rolesOf = groupBy(roles, ({ community_id }) => community_id);
  return new Map(
    rows.map((row) => {
      const own = rolesOf.get(row.id) ?? [];
      const everyone = own.find(({ position }) => position === 0);
      const byId = new Map<string, Role>(
        own.map(({ id, name, colour, icon, position, permissions }) => [
          id,
          { id, name, colour, icon, position, permissions: PermissionSet.ofNames(permissions) },
        ]),
      );
      const access = { id: row.id, ownerId: row.owner_id, everyoneId: everyone?.id ?? '', roles: byId };
      return [row.id, { row, access }];
    }),
  );
}
