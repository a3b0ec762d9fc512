import type { Member } from '@parley/contract';
import { changeCommunity, need } from '../communities/visit.js';
import type { ChangingVisit } from '../communities/visit.js';
import { findMember } from '../members/member-queries.js';
import { noMember, tellOfMember } from '../members/targets.js';
import { PermissionSet } from '../permissions/index.js';
import type { ServiceOptions } from '../service-options.js';
import { WorkspaceError } from '../workspace-error.js';
import { checkAbove, checkMayGive } from './role-rules.js';

export interface MemberRole {
  communityId: string;
  userId: string;
  roleId: string;
}

/** Who has which role. */
export class RoleGiving {
  readonly #options: ServiceOptions;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  /** Who has it already keeps it. */
  async give(userId: string, wish: MemberRole): Promise<Member> {
    return this.#change(userId, wish, async ({ trx }, row) => {
      await trx
        .insertInto('member_roles')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    });
  }

  /** Who does not have it stays without. */
  async take(userId: string, wish: MemberRole): Promise<Member> {
    return this.#change(userId, wish, async ({ trx }, { community_id, user_id, role_id }) => {
      await trx
        .deleteFrom('member_roles')
        .where('community_id', '=', community_id)
        .where('user_id', '=', user_id)
        .where('role_id', '=', role_id)
        .execute();
    });
  }

  async #change(
    userId: string,
    { communityId, userId: memberId, roleId }: MemberRole,
    work: (
      visit: ChangingVisit,
      row: { community_id: string; user_id: string; role_id: string },
    ) => Promise<void>,
  ): Promise<Member> {
    return changeCommunity(this.#options, { userId, communityId }, async (visit) => {
      const { permissions, community, trx, now, events } = visit;
      need(permissions, 'assign_roles');
      const role = community.roles.get(roleId);
      if (role === undefined) throw new WorkspaceError('not_found', 'There is no such role.');
      if (roleId === community.everyoneId) {
        throw new WorkspaceError('conflict', 'Everybody has this role, and keeps it.');
      }
      checkAbove(visit, role.position);
      checkMayGive(permissions, PermissionSet.none, role.permissions);
      if ((await findMember(trx, { communityId, userId: memberId, now })) === undefined) throw noMember();
      await work(visit, { community_id: communityId, user_id: memberId, role_id: roleId });
      const payload = { community_id: communityId };
      events.push({ type: 'permissions_changed', payload, audience: { userIds: [memberId] } });
      return tellOfMember(visit, memberId);
    });
  }
}
