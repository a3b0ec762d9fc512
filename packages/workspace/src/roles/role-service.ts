import type { NewRole, Role as RoleAnswer, RoleChange, RoleMove } from '@parley/contract';
import { sql } from 'kysely';
import { loadCommunityAccess } from '../communities/access-queries.js';
import { roleAnswerOf, rolesOf } from '../communities/community-views.js';
import { changeCommunity, need } from '../communities/visit.js';
import type { ChangingVisit } from '../communities/visit.js';
import { newId } from '../ids.js';
import { checkLimit } from '../limits.js';
import { PermissionSet } from '../permissions/index.js';
import type { Role } from '../permissions/index.js';
import type { ServiceOptions } from '../service-options.js';
import { WorkspaceError } from '../workspace-error.js';
import { checkAbove, checkMayGive, parseRolePermissions, rolesAfterMove } from './role-rules.js';

export interface RoleId {
  communityId: string;
  roleId: string;
}

const OF_EVERYONE = 0;

/** Roles of communities. */
export class RoleService {
  readonly #options: ServiceOptions;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  /** Right above @everyone, below all others. */
  async create(userId: string, wish: NewRole): Promise<RoleAnswer> {
    const { id: communityId, name, colour = null, icon = null } = wish;
    return changeCommunity(this.#options, { userId, communityId }, async (visit) => {
      const { trx, permissions, community, now } = visit;
      need(permissions, 'manage_roles');
      checkAbove(visit, OF_EVERYONE);
      const given = parseRolePermissions(wish.permissions);
      checkMayGive(permissions, PermissionSet.none, given);
      checkLimit('roles', community.roles.size);
      await trx
        .updateTable('roles')
        .set((row) => ({ position: row('position', '+', 1) }))
        .where('community_id', '=', communityId)
        .where('position', '>', OF_EVERYONE)
        .execute();
      const id = newId(now, this.#options.random);
      const role = { id, name, colour, icon, position: OF_EVERYONE + 1 };
      await trx
        .insertInto('roles')
        .values({ ...role, community_id: communityId, permissions: given.names() })
        .execute();
      await tellOfRoles(visit);
      return roleAnswerOf({ ...role, permissions: given });
    });
  }

  async change(userId: string, wish: RoleChange): Promise<RoleAnswer> {
    const { id: communityId, role_id: roleId, name, colour, icon, permissions: names } = wish;
    return changeCommunity(this.#options, { userId, communityId }, async (visit) => {
      const role = manageable(visit, roleId);
      const given = names === undefined ? role.permissions : parseRolePermissions(names);
      checkMayGive(visit.permissions, role.permissions, given);
      const looks = { name: name ?? role.name, colour: colour ?? null, icon: icon ?? null };
      if (colour === undefined) looks.colour = role.colour;
      if (icon === undefined) looks.icon = role.icon;
      if (role.position === OF_EVERYONE && looks.name !== role.name) {
        throw new WorkspaceError('invalid', 'The role that everybody has keeps its name.', { field: 'name' });
      }
      await visit.trx
        .updateTable('roles')
        .set({ ...looks, permissions: given.names() })
        .where('id', '=', roleId)
        .execute();
      await tellOfRoles(visit);
      return roleAnswerOf({ ...role, ...looks, permissions: given });
    });
  }

  async delete(userId: string, { communityId, roleId }: RoleId): Promise<void> {
    await changeCommunity(this.#options, { userId, communityId }, async (visit) => {
      notEveryone(manageable(visit, roleId));
      await visit.trx.deleteFrom('roles').where('id', '=', roleId).execute();
      await tellOfRoles(visit);
    });
  }

  async move(userId: string, { id: communityId, role_id: roleId, above }: RoleMove): Promise<void> {
    await changeCommunity(this.#options, { userId, communityId }, async (visit) => {
      notEveryone(manageable(visit, roleId));
      const other = visit.community.roles.get(above);
      if (other === undefined || above === roleId) {
        throw new WorkspaceError('invalid', 'There is no such other role.', { field: 'above' });
      }
      checkAbove(visit, other.position);
      const inOrder = rolesOf(visit.community).reverse();
      const placed = rolesAfterMove(
        inOrder.map(({ id }) => id),
        roleId,
        above,
      );
      const [ids, positions] = [placed.map(({ id }) => id), placed.map(({ position }) => position)];
      await sql`update roles set position = placed.position
        from unnest(${ids}::uuid[], ${positions}::integer[]) as placed (id, position)
        where roles.id = placed.id`.execute(visit.trx);
      await tellOfRoles(visit);
    });
  }
}

/** A role that may be managed by who asks. */
function manageable(visit: ChangingVisit, roleId: string): Role {
  need(visit.permissions, 'manage_roles');
  const role = visit.community.roles.get(roleId);
  if (role === undefined) throw new WorkspaceError('not_found', 'There is no such role.');
  checkAbove(visit, role.position);
  return role;
}

function notEveryone({ position }: Role): void {
  if (position !== OF_EVERYONE) return;
  throw new WorkspaceError('conflict', 'The role that everybody has stays, below all others.');
}

async function tellOfRoles({ trx, events, community: { id } }: ChangingVisit): Promise<void> {
  const now = await loadCommunityAccess(trx, id);
  if (now === undefined) return;
  const payload = { community_id: id, roles: rolesOf(now) };
  events.push({ type: 'roles_changed', payload, audience: { communityId: id } });
}
