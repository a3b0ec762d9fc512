import type { Action } from './actions.js';
import type { PermissionSet } from './permission-set.js';
import { administersInstance, permissionsIn } from './permissions-in.js';
import type { CommunityAccess } from './place.js';
import type { Role } from './roles.js';
import type { Subject } from './subject.js';

/** Of who has no membership in a community: banning keeps strangers out too. */
const OF_STRANGER = -1;
const OF_MEMBER = 0;
const OF_COMMUNITY_OWNER = Number.MAX_SAFE_INTEGER - 2;
const OF_INSTANCE_ADMINISTRATOR = Number.MAX_SAFE_INTEGER - 1;
const OF_INSTANCE_OWNER = Number.MAX_SAFE_INTEGER;

/** How high somebody stands in a community: the position of their highest role, owners and administrators above all. */
export function rankIn(subject: Subject, community: CommunityAccess): number {
  if (subject.ownsInstance) return OF_INSTANCE_OWNER;
  if (administersInstance(subject)) return OF_INSTANCE_ADMINISTRATOR;
  const membership = subject.memberships.get(community.id);
  if (membership === undefined) return OF_STRANGER;
  if (community.ownerId === subject.userId) return OF_COMMUNITY_OWNER;
  const positions = membership.roleIds.map((id) => community.roles.get(id)?.position ?? OF_MEMBER);
  return Math.max(OF_MEMBER, ...positions);
}

export interface Deed {
  actor: Subject;
  /** Such as `kick_members`, `ban_members`, `time_out_members`, `manage_nicknames`. */
  action: Action;
  target: Subject;
  community: CommunityAccess;
  /** Milliseconds since 1970. */
  now: number;
}

/** Whether somebody may do to another what the action says: only to people below them, never to themselves. */
export function canActOn({ actor, action, target, community, now }: Deed): boolean {
  return (
    actor.userId !== target.userId &&
    permissionsIn(actor, { kind: 'community', community }, now).has(action) &&
    rankIn(actor, community) > rankIn(target, community)
  );
}

export interface RoleDeed {
  actor: Subject;
  role: Pick<Role, 'id' | 'position'>;
  community: CommunityAccess;
  /** Milliseconds since 1970. */
  now: number;
}

/** Whether somebody may change, move or delete a role: one below their own. @everyone is below all of them. */
export function canManageRole({ actor, role, community, now }: RoleDeed): boolean {
  return stands(actor, 'manage_roles', role, { community, now });
}

/** Whether somebody may give a role to members, or take it. @everyone is given to nobody. */
export function canAssignRole({ actor, role, community, now }: RoleDeed): boolean {
  return role.id !== community.everyoneId && stands(actor, 'assign_roles', role, { community, now });
}

/**
 * Whether somebody may change what a role or an overwrite says from one set to another: nobody gives, or takes, what they
 * have not themselves.
 *
 * @param own what they may do in the community, or in the channel that the overwrite is for.
 */
export function mayChange(own: PermissionSet, from: PermissionSet, to: PermissionSet): boolean {
  const changed = from.without(to).with(to.without(from));
  return own.hasAll(changed);
}

function stands(
  actor: Subject,
  action: Action,
  role: Pick<Role, 'position'>,
  { community, now }: Pick<RoleDeed, 'community' | 'now'>,
): boolean {
  const permissions = permissionsIn(actor, { kind: 'community', community }, now);
  const above = rankIn(actor, community) > role.position;
  return permissions.has(action) && above;
}
