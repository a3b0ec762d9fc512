import { PermissionSet } from '../permissions/index.js';
import type { ChannelAccess, Overwrite } from '../permissions/index.js';

/** Of a role or of a person, one of which is null. */
export interface StoredOverwrite {
  channel_id: string;
  role_id: string | null;
  user_id: string | null;
  allow: readonly string[];
  deny: readonly string[];
}

export interface StoredChannel {
  id: string;
  category_id: string | null;
  archived_at: Date | null;
}

/**
 * A channel as `permissionsIn` asks about it.
 *
 * @param overwrites of the channel and of its category; others among them have no effect.
 */
export function channelAccess(
  { id, category_id, archived_at }: StoredChannel,
  overwrites: readonly StoredOverwrite[],
): ChannelAccess {
  const own = overwrites.filter(({ channel_id }) => channel_id === id);
  const inForce = own.length > 0 ? own : overwrites.filter(({ channel_id }) => channel_id === category_id);
  const byRole = new Map<string, Overwrite>();
  const byPerson = new Map<string, Overwrite>();
  for (const { role_id, user_id, allow, deny } of inForce) {
    const overwrite = { allow: PermissionSet.ofNames(allow), deny: PermissionSet.ofNames(deny) };
    if (role_id !== null) byRole.set(role_id, overwrite);
    if (user_id !== null) byPerson.set(user_id, overwrite);
  }
  return { id, archived: archived_at !== null, byRole, byPerson };
}
