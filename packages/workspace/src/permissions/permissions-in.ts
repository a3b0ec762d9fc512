import type { Action } from './actions.js';
import { PermissionSet } from './permission-set.js';
import type { ChannelAccess, CommunityAccess, DirectPlace, Overwrite, Place } from './place.js';
import type { Subject } from './subject.js';

const NOTHING = PermissionSet.none;
const OF_INSTANCE = PermissionSet.ofScopes('instance');
const OF_COMMUNITY = PermissionSet.ofScopes('community', 'channel');
const OF_CHANNEL = PermissionSet.ofScopes('channel');
const BY_ADMINISTRATOR = OF_COMMUNITY.without(PermissionSet.of('delete_community'));
const ANY_MEMBER = PermissionSet.of('view_community');

/** What somebody timed out keeps. */
export const WHILE_TIMED_OUT = PermissionSet.of(
  'view_community',
  'view_members',
  'view_channel',
  'read_history',
  'view_edit_history',
);

/** What changes nothing but the channel itself: this is left of a channel that is archived. */
export const WHILE_ARCHIVED = PermissionSet.of(
  'view_channel',
  'read_history',
  'view_edit_history',
  'manage_channel',
  'manage_channel_permissions',
  'delete_messages',
);

const IN_CONVERSATION = PermissionSet.of(
  'view_channel',
  'read_history',
  'view_edit_history',
  'send_messages',
  'send_in_threads',
  'create_threads',
  'attach_files',
  'send_voice_messages',
  'embed_links',
  'add_reactions',
  'use_external_emoji',
  'pin_messages',
  'join_voice',
  'speak',
  'use_camera',
  'share_screen',
  'use_voice_activity',
  'use_soundboard',
  'capture_replay',
);
const IN_GROUP = IN_CONVERSATION.with(PermissionSet.of('manage_channel', 'mention_everyone'));
const WHILE_BLOCKED = PermissionSet.of('view_channel', 'read_history', 'view_edit_history');

/** What is worth nothing without one of certain others. Whoever may not see a channel may do nothing in it at all. */
const NEEDS: readonly { oneOf: PermissionSet; for: PermissionSet }[] = [
  {
    oneOf: PermissionSet.of('send_messages', 'send_in_threads'),
    for: PermissionSet.of(
      'attach_files',
      'send_voice_messages',
      'embed_links',
      'use_external_emoji',
      'mention_everyone',
      'mention_roles',
      'bypass_slow_mode',
    ),
  },
  { oneOf: PermissionSet.of('send_in_threads'), for: PermissionSet.of('create_threads') },
  {
    oneOf: PermissionSet.of('join_voice'),
    for: PermissionSet.of(
      'speak',
      'use_camera',
      'share_screen',
      'use_voice_activity',
      'use_soundboard',
      'bypass_user_limit',
      'record_call',
      'capture_replay',
    ),
  },
  { oneOf: PermissionSet.of('speak'), for: PermissionSet.of('use_voice_activity', 'use_soundboard') },
];

/**
 * Everything that somebody may do in a place. This alone decides, for requests, events, search, files and media.
 *
 * @param now milliseconds since 1970; timeouts end by it.
 */
export function permissionsIn(subject: Subject, place: Place, now: number): PermissionSet {
  if (subject.banned) return NOTHING;
  switch (place.kind) {
    case 'instance':
      return inInstance(subject);
    case 'community':
      return inCommunity(subject, place.community, now);
    case 'channel':
      return inChannel(subject, place.community, place.channel, now);
    case 'direct':
      return inConversation(subject, place);
  }
}

/** Whether somebody may do one thing in a place. Who asks for several takes `permissionsIn` once. */
export function can(subject: Subject, action: Action, place: Place, now: number): boolean {
  return permissionsIn(subject, place, now).has(action);
}

/** Whether somebody may do everything on the instance, whoever's it is. */
export function administersInstance(subject: Subject): boolean {
  return !subject.banned && (subject.ownsInstance || subject.instancePermissions.has('administer_instance'));
}

function inInstance(subject: Subject): PermissionSet {
  return administersInstance(subject) ? OF_INSTANCE : subject.instancePermissions.only(OF_INSTANCE);
}

function inCommunity(subject: Subject, community: CommunityAccess, now: number): PermissionSet {
  const given = byRoles(subject, community);
  return isTimedOut(subject, community, now) ? given.only(WHILE_TIMED_OUT) : given;
}

function inChannel(
  subject: Subject,
  community: CommunityAccess,
  channel: ChannelAccess,
  now: number,
): PermissionSet {
  const given = byRoles(subject, community);
  // An overwrite that is left of somebody who has gone lets nobody in.
  if (!given.has('view_community')) return NOTHING;
  // Who has everything is kept out of no channel, or nobody could put one right again.
  const decided = given.has('administrator') ? given : overwritten(given, subject, community, channel);
  if (!decided.has('view_channel')) return NOTHING;
  const open = channel.archived ? decided.only(WHILE_ARCHIVED) : decided.only(OF_CHANNEL);
  return useful(isTimedOut(subject, community, now) ? open.only(WHILE_TIMED_OUT) : open);
}

function inConversation(subject: Subject, { memberIds, group, blocked }: DirectPlace): PermissionSet {
  if (!memberIds.has(subject.userId)) return NOTHING;
  if (group) return IN_GROUP;
  return blocked ? WHILE_BLOCKED : IN_CONVERSATION;
}

/** What owning, administering and roles allow in a community, before overwrites and timeouts. */
function byRoles(subject: Subject, community: CommunityAccess): PermissionSet {
  if (administersInstance(subject)) return OF_COMMUNITY;
  const membership = subject.memberships.get(community.id);
  if (membership === undefined) return NOTHING;
  if (community.ownerId === subject.userId) return OF_COMMUNITY;
  let given = community.roles.get(community.everyoneId)?.permissions ?? NOTHING;
  for (const id of membership.roleIds) given = given.with(community.roles.get(id)?.permissions ?? NOTHING);
  return given.with(given.has('administrator') ? BY_ADMINISTRATOR : ANY_MEMBER).only(OF_COMMUNITY);
}

/** Overwrites of @everyone first, then of all the member's roles together, then the member's own: the last decides. */
function overwritten(
  given: PermissionSet,
  subject: Subject,
  { id, everyoneId }: CommunityAccess,
  { byRole, byPerson }: ChannelAccess,
): PermissionSet {
  let allow = NOTHING;
  let deny = NOTHING;
  for (const roleId of subject.memberships.get(id)?.roleIds ?? []) {
    const overwrite = byRole.get(roleId);
    if (overwrite === undefined) continue;
    allow = allow.with(overwrite.allow);
    deny = deny.with(overwrite.deny);
  }
  let decided = apply(given, byRole.get(everyoneId));
  decided = decided.without(deny).with(allow);
  decided = apply(decided, byPerson.get(subject.userId));
  return decided.only(OF_CHANNEL);
}

function apply(given: PermissionSet, overwrite: Overwrite | undefined): PermissionSet {
  return overwrite === undefined ? given : given.without(overwrite.deny).with(overwrite.allow);
}

/** Without what is worth nothing for want of something else. */
function useful(given: PermissionSet): PermissionSet {
  let left = given;
  for (const need of NEEDS) if (!left.hasAny(need.oneOf)) left = left.without(need.for);
  return left;
}

/** Who owns the community, or administers the instance, cannot be timed out. */
function isTimedOut(subject: Subject, community: CommunityAccess, now: number): boolean {
  const until = subject.memberships.get(community.id)?.timedOutUntil ?? null;
  return (
    until !== null && until > now && community.ownerId !== subject.userId && !administersInstance(subject)
  );
}
