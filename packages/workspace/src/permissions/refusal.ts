import type { Action } from './actions.js';
import type { PermissionSet } from './permission-set.js';
import type { Place } from './place.js';

/** What somebody is told who may not do something. */
export type Refusal = 'not_found' | 'forbidden';

/**
 * How to refuse an action in a place, undefined where it is allowed. What one may not see does not exist: who may not
 * even see the place learns nothing else than who asks for one that is not there.
 *
 * @param permissions what `permissionsIn` says of the place.
 */
export function refusalOf(permissions: PermissionSet, action: Action, place: Place): Refusal | undefined {
  if (permissions.has(action)) return undefined;
  return isSeen(permissions, place) ? 'forbidden' : 'not_found';
}

function isSeen(permissions: PermissionSet, place: Place): boolean {
  switch (place.kind) {
    case 'instance':
      // Everybody knows that there is an instance.
      return true;
    case 'community':
      return permissions.has('view_community');
    case 'channel':
    case 'direct':
      return permissions.has('view_channel');
  }
}
