import type { Kysely } from 'kysely';
import { defaultInstanceRoles, PermissionSet } from '../permissions/index.js';
import type { CommunityAccess, Membership, Role, Subject } from '../permissions/index.js';
import type { WorkspaceTables } from '../schema/tables.js';

/** Somebody as `permissionsIn` asks about them; undefined if there is no such account. A constant number of queries. */
export async function loadSubject(db: Kysely<WorkspaceTables>, userId: string): Promise<Subject | undefined> {
  const user = await db
    .selectFrom('users')
    .leftJoin('workspace', 'workspace.owner_id', 'users.id')
    .select(['users.banned_at', 'workspace.owner_id'])
    .where('users.id', '=', userId)
    .executeTakeFirst();
  if (user === undefined) return undefined;
  const rows = await db
    .selectFrom('members')
    .leftJoin('member_roles', (join) =>
      join
        .onRef('member_roles.community_id', '=', 'members.community_id')
        .onRef('member_roles.user_id', '=', 'members.user_id'),
    )
    .select(['members.community_id', 'members.timed_out_until', 'member_roles.role_id'])
    .where('members.user_id', '=', userId)
    .execute();
  const memberships = new Map<string, Membership>();
  for (const { community_id, timed_out_until, role_id } of rows) {
    const others = memberships.get(community_id)?.roleIds ?? [];
    const roleIds = role_id === null ? others : [...others, role_id];
    memberships.set(community_id, { roleIds, timedOutUntil: timed_out_until?.getTime() ?? null });
  }
  return {
    userId,
    ownsInstance: user.owner_id !== null,
    banned: user.banned_at !== null,
    instancePermissions: defaultInstanceRoles.account,
    memberships,
  };
}

/** A community as `permissionsIn` asks about it; undefined if it is not there. */
export async function loadCommunityAccess(
  db: Kysely<WorkspaceTables>,
  id: string,
): Promise<CommunityAccess | undefined> {
  const community = await db
    .selectFrom('communities')
    .select('owner_id')
    .where('id', '=', id)
    .executeTakeFirst();
  if (community === undefined) return undefined;
  const rows = await db.selectFrom('roles').selectAll().where('community_id', '=', id).execute();
  const roles = new Map<string, Role>(
    rows.map(({ id: roleId, name, colour, icon, position, permissions }) => [
      roleId,
      { id: roleId, name, colour, icon, position, permissions: PermissionSet.ofNames(permissions) },
    ]),
  );
  const everyone = rows.find(({ position }) => position === 0);
  return { id, ownerId: community.owner_id, everyoneId: everyone?.id ?? '', roles };
}
