import { allActions, mayChange, PermissionSet } from '../permissions/index.js';
import type { Overwrite } from '../permissions/index.js';
import { WorkspaceError } from '../workspace-error.js';

export interface DecidedNames {
  allow: readonly string[];
  deny: readonly string[];
}

const SCOPE = new Map<string, string>(allActions.map(({ action, scope }) => [action, scope]));
const VIEW = PermissionSet.of('view_channel');
const NOTHING: Overwrite = { allow: PermissionSet.none, deny: PermissionSet.none };

/** Throws `invalid` for what no overwrite can say. */
export function parseOverwrite({ allow, deny }: DecidedNames): Overwrite {
  for (const [field, names] of Object.entries({ allow, deny })) {
    const wrong = names.find((name) => SCOPE.get(name) !== 'channel');
    if (wrong !== undefined) throw noChannelAction(field, wrong);
  }
  const twice = allow.find((name) => deny.includes(name));
  if (twice !== undefined) {
    throw new WorkspaceError('invalid', `"${twice}" is both allowed and denied.`, {
      field: 'deny',
      remedy: 'Name it in one of both lists.',
    });
  }
  return { allow: PermissionSet.ofNames(allow), deny: PermissionSet.ofNames(deny) };
}

/**
 * Throws `forbidden` for a change of what one does not have oneself.
 *
 * @param own what who changes it may do in the channel.
 */
export function checkMayOverwrite(
  own: PermissionSet,
  from: Overwrite = NOTHING,
  to: Overwrite = NOTHING,
): void {
  if (mayChange(own, from.allow, to.allow) && mayChange(own, from.deny, to.deny)) return;
  throw new WorkspaceError('forbidden', 'You may not give or take a permission that you do not have here.', {
    remedy: 'Change only those that you have.',
  });
}

/** What keeps everybody out, or lets everybody in, whatever else it says. */
export function withPrivacy(isPrivate: boolean, { allow, deny }: Overwrite = NOTHING): Overwrite {
  return isPrivate
    ? { allow: allow.without(VIEW), deny: deny.with(VIEW) }
    : { allow: allow.with(VIEW), deny: deny.without(VIEW) };
}

function noChannelAction(field: string, name: string): WorkspaceError {
  const known = SCOPE.has(name);
  const message = known ? `"${name}" is not decided for one channel.` : `There is no permission "${name}".`;
  return new WorkspaceError('invalid', message, { field, remedy: 'Leave it out.' });
}
