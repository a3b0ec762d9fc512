import { allActions, permissionsIn, PermissionSet } from '@parley/workspace';
import type { Action, Place, Role, Subject } from '@parley/workspace';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NOW } from './world.js';

/** A world in plain lists. */
interface Plain {
  userId: string;
  ownsInstance: boolean;
  banned: boolean;
  onInstance: Action[];
  isMember: boolean;
  hasRoles: string[];
  timedOutUntil: number | null;
  ownerId: string;
  roles: { id: string; allows: Action[] }[];
  forRoles: { id: string; allow: Action[]; deny: Action[] }[];
  forPeople: { id: string; allow: Action[]; deny: Action[] }[];
  archived: boolean;
  place: Place['kind'];
  conversation: { memberIds: string[]; group: boolean; blocked: boolean };
}

const SCOPE = new Map(allActions.map(({ action, scope }) => [action, scope]));
const READING = ['view_channel', 'read_history', 'view_edit_history'];
const TALKING = [
  ...['send_messages', 'send_in_threads', 'create_threads', 'attach_files', 'send_voice_messages'],
  ...['embed_links', 'add_reactions', 'use_external_emoji', 'pin_messages', 'join_voice', 'speak'],
  ...['use_camera', 'share_screen', 'use_voice_activity', 'use_soundboard', 'capture_replay'],
];
const KEPT_IN_ARCHIVE = [...READING, 'manage_channel', 'manage_channel_permissions', 'delete_messages'];
const OF_WRITING = [
  ...['attach_files', 'send_voice_messages', 'embed_links', 'use_external_emoji'],
  ...['mention_everyone', 'mention_roles', 'bypass_slow_mode'],
];
const OF_CALLS = [
  ...['speak', 'use_camera', 'share_screen', 'use_voice_activity', 'use_soundboard'],
  ...['bypass_user_limit', 'record_call', 'capture_replay'],
];
const OF_SPEAKING = ['use_voice_activity', 'use_soundboard'];

/** The rules one by one, for one action, as docs/permissions.md tells them; slow, and sharing nothing with the real one. */
function may(world: Plain, action: Action): boolean {
  if (world.banned) return false;
  const scope = SCOPE.get(action);
  const administers = world.ownsInstance || world.onInstance.includes('administer_instance');
  if (world.place === 'instance') {
    return scope === 'instance' && (administers || world.onInstance.includes(action));
  }
  if (world.place === 'direct') {
    const { memberIds, group, blocked } = world.conversation;
    if (!memberIds.includes(world.userId)) return false;
    if (READING.includes(action)) return true;
    if (group) return [...TALKING, 'manage_channel', 'mention_everyone'].includes(action);
    return !blocked && TALKING.includes(action);
  }
  if (scope === 'instance') return false;
  const owns = world.isMember && world.ownerId === world.userId;
  if (!administers && !owns && isTimedOut(world)) {
    if (![...READING, 'view_community', 'view_members'].includes(action)) return false;
  }
  if (world.place === 'community') return byRoles(world, action);
  if (scope !== 'channel') return false;
  if (world.archived && !KEPT_IN_ARCHIVE.includes(action)) return false;
  if (!decided(world, 'view_channel')) return false;
  if (OF_WRITING.includes(action)) {
    if (!decided(world, 'send_messages') && !decided(world, 'send_in_threads')) return false;
  }
  if (OF_CALLS.includes(action) && !decided(world, 'join_voice')) return false;
  if (OF_SPEAKING.includes(action) && !decided(world, 'speak')) return false;
  if (action === 'create_threads' && !decided(world, 'send_in_threads')) return false;
  return decided(world, action);
}

function isTimedOut({ isMember, timedOutUntil }: Plain): boolean {
  return isMember && timedOutUntil !== null && timedOutUntil > NOW;
}

function byRoles(world: Plain, action: Action): boolean {
  if (world.ownsInstance || world.onInstance.includes('administer_instance')) return true;
  if (!world.isMember) return false;
  if (world.ownerId === world.userId || action === 'view_community') return true;
  const held = world.roles.filter(({ id }) => id === 'everyone' || world.hasRoles.includes(id));
  if (held.some(({ allows }) => allows.includes(action))) return true;
  return action !== 'delete_community' && held.some(({ allows }) => allows.includes('administrator'));
}

function decided(world: Plain, action: Action): boolean {
  let answer = byRoles(world, action);
  if (!world.isMember || byRoles(world, 'administrator')) return answer;
  const ofEveryone = world.forRoles.filter(({ id }) => id === 'everyone');
  const ofRoles = world.forRoles.filter(({ id }) => id !== 'everyone' && world.hasRoles.includes(id));
  const ofPerson = world.forPeople.filter(({ id }) => id === world.userId);
  for (const overwrites of [ofEveryone, ofRoles, ofPerson]) {
    if (overwrites.some(({ deny }) => deny.includes(action))) answer = false;
    if (overwrites.some(({ allow }) => allow.includes(action))) answer = true;
  }
  return answer;
}

const action = fc.constantFrom(...allActions.map((one) => one.action));
const few = fc.uniqueArray(action, { maxLength: 6 });
/** Mostly much, so that something is left to be denied. */
const much = fc
  .uniqueArray(action, { maxLength: 6 })
  .map((left) => allActions.map((one) => one.action).filter((one) => !left.includes(one)))
  .map((all) => all.filter((one) => one !== 'administrator' && one !== 'administer_instance'));
const actions = fc.oneof(few, much);
const userId = fc.constantFrom('ann', 'bob', 'eve');
const roleId = fc.constantFrom('a', 'b', 'c', 'gone');
const rarely = fc.integer({ min: 0, max: 9 }).map((given) => given === 0);
const overwritesOf = (id: fc.Arbitrary<string>) =>
  fc.uniqueArray(fc.record({ id, allow: actions, deny: actions }), {
    selector: (one) => one.id,
    maxLength: 4,
  });

const worlds: fc.Arbitrary<Plain> = fc.record({
  userId,
  ownsInstance: rarely,
  banned: rarely,
  onInstance: actions,
  isMember: rarely.map((not) => !not),
  hasRoles: fc.uniqueArray(roleId),
  timedOutUntil: fc.constantFrom(null, null, null, NOW - 1, NOW, NOW + 1),
  ownerId: fc.constantFrom('ann', 'somebody', 'else'),
  roles: fc
    .tuple(actions, actions, actions, actions)
    .map((sets) => ['everyone', 'a', 'b', 'c'].map((id, at) => ({ id, allows: sets[at] ?? [] }))),
  forRoles: overwritesOf(fc.oneof(fc.constant('everyone'), roleId)),
  forPeople: overwritesOf(userId),
  archived: rarely,
  place: fc.constantFrom('channel', 'channel', 'channel', 'community', 'instance', 'direct'),
  conversation: fc.record({
    memberIds: fc.uniqueArray(userId),
    group: fc.boolean(),
    blocked: fc.boolean(),
  }),
});

function subjectOf(world: Plain): Subject {
  const { ownsInstance, banned, hasRoles, timedOutUntil } = world;
  return {
    userId: world.userId,
    ownsInstance,
    banned,
    instancePermissions: PermissionSet.of(...world.onInstance),
    memberships: new Map(world.isMember ? [['community', { roleIds: hasRoles, timedOutUntil }]] : []),
  };
}

function placeOf(world: Plain): Place {
  const roles = world.roles.map(({ id, allows }, position): [string, Role] => [
    id,
    { id, name: id, colour: null, icon: null, position, permissions: PermissionSet.of(...allows) },
  ]);
  const community = {
    id: 'community',
    ownerId: world.ownerId,
    everyoneId: 'everyone',
    roles: new Map(roles),
  };
  const toMap = (overwrites: Plain['forRoles']) =>
    new Map(
      overwrites.map(({ id, allow, deny }) => [
        id,
        { allow: PermissionSet.of(...allow), deny: PermissionSet.of(...deny) },
      ]),
    );
  switch (world.place) {
    case 'instance':
      return { kind: 'instance' };
    case 'community':
      return { kind: 'community', community };
    case 'channel': {
      const { archived, forRoles, forPeople } = world;
      const channel = { id: 'channel', archived, byRole: toMap(forRoles), byPerson: toMap(forPeople) };
      return { kind: 'channel', community, channel };
    }
    case 'direct': {
      const { memberIds, group, blocked } = world.conversation;
      return { kind: 'direct', memberIds: new Set(memberIds), group, blocked };
    }
  }
}

test('whoever is asked about, and wherever, the answer is that of the rules told one by one', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const expected = allActions.map((one) => one.action).filter((one) => may(world, one));
      expect(permissionsIn(subjectOf(world), placeOf(world), NOW).names()).toEqual(expected);
    }),
    { numRuns: 2000 },
  );
});
