import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import { groupBy } from '../group-by.js';
import { defaultInstanceRoles, PermissionSet } from '../permissions/index.js';
import type { CommunityAccess, Role, Subject } from '../permissions/index.js';
import type { CommunityTable, RoleTable, WorkspaceTables } from '../schema/tables.js';
import { WorkspaceError } from '../workspace-error.js';

export type CommunityRow = Selectable<CommunityTable>;

export type StoredRole = Omit<Selectable<RoleTable>, 'community_id'>;

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
    .select((of) => [
      ...(['users.id', 'users.banned_at', 'workspace.owner_id'] as const),
      jsonArrayFrom(
        of
          .selectFrom('members as m')
          .whereRef('m.user_id', '=', 'users.id')
          .select([
            'm.community_id',
            sql<number | null>`extract(epoch from m.timed_out_until) * 1000`.as('timed_out_until'),
            sql<string[]>`array(
              select role_id from member_roles r where r.community_id = m.community_id and r.user_id = m.user_id)`.as(
              'role_ids',
            ),
          ]),
      ).as('memberships'),
    ])
    .where('users.id', 'in', userIds)
    .execute();
  return new Map(
    users.map(({ id, banned_at, owner_id, memberships }) => [
      id,
      {
        userId: id,
        ownsInstance: owner_id !== null,
        banned: banned_at !== null,
        instancePermissions: defaultInstanceRoles.account,
        memberships: new Map(
          memberships.map(({ community_id, timed_out_until, role_ids }) => [
            community_id,
            { roleIds: role_ids, timedOutUntil: timed_out_until },
          ]),
        ),
      },
    ]),
  );
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
      const access = communityAccess({ id: row.id, ownerId: row.owner_id }, rolesOf.get(row.id) ?? []);
      return [row.id, { row, access }];
    }),
  );
}

/** @param roles all of the community. */
export function communityAccess(
  { id, ownerId }: Pick<CommunityAccess, 'id' | 'ownerId'>,
  roles: readonly StoredRole[],
): CommunityAccess {
  const everyone = roles.find(({ position }) => position === 0);
  const byId = new Map<string, Role>(
    roles.map(({ id: roleId, name, colour, icon, position, permissions }) => [
      roleId,
      { id: roleId, name, colour, icon, position, permissions: PermissionSet.ofNames(permissions) },
    ]),
  );
  return { id, ownerId, everyoneId: everyone?.id ?? '', roles: byId };
}
