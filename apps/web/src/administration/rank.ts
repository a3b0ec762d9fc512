import type { Community, Member, OwnAccount } from '@parley/contract';

/** How high somebody stands in a community, as the server reckons it: by their highest role, owners above all. */
export function rankOf(
  { owner_id, roles }: Pick<Community, 'owner_id' | 'roles'>,
  userId: string,
  roleIds: readonly string[],
): number {
  if (owner_id === userId) return Infinity;
  return Math.max(0, ...roles.filter(({ id }) => roleIds.includes(id)).map(({ position }) => position));
}

/** Of oneself; who administers the server stands above everybody in a community, member or not. */
export function ownRank(
  community: Pick<Community, 'owner_id' | 'roles'>,
  me: OwnAccount,
  member: Member | undefined,
): number {
  if (me.permissions.includes('administer_instance')) return Infinity;
  return rankOf(community, me.id, member?.role_ids ?? []);
}
