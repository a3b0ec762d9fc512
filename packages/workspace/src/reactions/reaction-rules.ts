import type { PermissionSet, Place, Subject } from '../permissions/index.js';

/**
 * Whether somebody may react with what others reacted with. It takes no permission but to read, yet nobody reacts who may
 * only read for a while, or in a place where that is all that anybody may.
 */
export function mayJoin(
  { permissions, place, subject }: { permissions: PermissionSet; place: Place; subject: Subject },
  now: number,
): boolean {
  if (permissions.has('add_reactions')) return true;
  return permissions.has('read_history') && !isQuiet(place, subject, now);
}

function isQuiet(place: Place, { memberships }: Subject, now: number): boolean {
  if (place.kind === 'direct') return place.blocked;
  if (place.kind !== 'channel') return false;
  return place.channel.archived || (memberships.get(place.community.id)?.timedOutUntil ?? 0) > now;
}
