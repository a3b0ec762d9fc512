import { allActions, mayChange, PermissionSet, rankIn } from '../permissions/index.js';
import type { CommunityAccess, Subject } from '../permissions/index.js';
import { WorkspaceError } from '../workspace-error.js';

const GIVEN_BY_ROLES = new Set<string>(
  allActions.filter(({ scope }) => scope !== 'instance').map(({ action }) => action),
);

/** Throws `invalid` for what no role of a community gives. */
export function parseRolePermissions(names: readonly string[]): PermissionSet {
  const wrong = names.find((name) => !GIVEN_BY_ROLES.has(name));
  if (wrong === undefined) return PermissionSet.ofNames(names);
  throw new WorkspaceError('invalid', `"${wrong}" is no permission that a role of a community gives.`, {
    field: 'permissions',
    remedy: 'Leave it out.',
  });
}

/** Throws `forbidden` for a change of what one does not have oneself. */
export function checkMayGive(own: PermissionSet, from: PermissionSet, to: PermissionSet): void {
  if (mayChange(own, from, to)) return;
  throw new WorkspaceError('forbidden', 'You may not give or take a permission that you do not have.', {
    remedy: 'Change only those that you have.',
  });
}

/** Throws `forbidden` for who does not stand above a role. */
export function checkAbove(
  { subject, community }: { subject: Subject; community: CommunityAccess },
  position: number,
): void {
  if (rankIn(subject, community) > position) return;
  throw new WorkspaceError('forbidden', 'You may do this only with roles below your own highest.', {
    remedy: 'Ask somebody above.',
  });
}

/**
 * Positions of all roles but @everyone's, after one was put right above another: from 1 on, without gaps.
 *
 * @param ids of all roles, the lowest first.
 */
export function rolesAfterMove(
  ids: readonly string[],
  movedId: string,
  aboveId: string,
): { id: string; position: number }[] {
  const others = ids.filter((id) => id !== movedId);
  others.splice(others.indexOf(aboveId) + 1, 0, movedId);
  return others.map((id, position) => ({ id, position })).slice(1);
}
