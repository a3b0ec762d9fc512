import { administrationTexts } from '../texts/administration/administration-texts.js';
import type { PermissionGroup, PermissionName } from './permission-groups.js';

export interface MatchingGroup {
  group: PermissionGroup;
  permissions: PermissionName[];
}

/** The permissions in whose name or sentence all words of a search stand; groups without any are left out. */
export function permissionGroupsMatching(
  groups: Partial<Record<PermissionGroup, readonly PermissionName[]>>,
  search: string,
): MatchingGroup[] {
  const words = search.toLowerCase().split(/\s+/u).filter(Boolean);
  const matches = (permission: PermissionName) => {
    const text = administrationTexts.permissions[permission].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const found: MatchingGroup[] = [];
  for (const group of ORDER) {
    const permissions = (groups[group] ?? []).filter(matches);
    if (permissions.length > 0) found.push({ group, permissions });
  }
  return found;
}

const ORDER: readonly PermissionGroup[] = ['community', 'channel', 'message', 'voice', 'moderation'];
