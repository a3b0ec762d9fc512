import {
  allActions,
  can,
  defaultRoles,
  permissionsIn,
  PermissionSet,
  WHILE_TIMED_OUT,
} from '@parley/workspace';
import type { Action, CommunityAccess, DirectPlace, Subject } from '@parley/workspace';
import { describe, expect, test } from 'vitest';
import { account, channel, community, everyone, member, NOW, overwrite, role } from './world.js';
import type { Overwrites } from './world.js';

const OF_CHANNEL = allActions.filter(({ scope }) => scope === 'channel').map(({ action }) => action);
const OF_COMMUNITY = allActions.filter(({ scope }) => scope !== 'instance').map(({ action }) => action);
const ADMINISTRATOR = account('admin', { instancePermissions: PermissionSet.of('administer_instance') });
const OWNER = account('root', { ownsInstance: true });

/** All that an action of a channel needs beside itself, so that only the action is in question. */
const NEEDED: readonly Action[] = ['view_channel', 'send_messages', 'send_in_threads', 'join_voice', 'speak'];

function inChannel(subject: Subject, place: CommunityAccess, overwrites: Overwrites = {}): PermissionSet {
  return permissionsIn(subject, { kind: 'channel', community: place, channel: channel(overwrites) }, NOW);
}

function inCommunity(subject: Subject, place: CommunityAccess): PermissionSet {
  return permissionsIn(subject, { kind: 'community', community: place }, NOW);
}

describe('the matrix of a channel: for each of its actions, the last that says something decides', () => {
  const opinions = ['nothing', 'allow', 'deny'] as const;
  type Opinion = (typeof opinions)[number];

  const saying = (opinion: Opinion, action: Action) =>
    overwrite(opinion === 'allow' ? [action] : [], opinion === 'deny' ? [action] : []);

  function expected(base: boolean, ...said: Opinion[]): boolean {
    return said.reduce((sofar, opinion) => (opinion === 'nothing' ? sofar : opinion === 'allow'), base);
  }

  test.each(OF_CHANNEL)('%s', (action) => {
    const needed = NEEDED.filter((one) => one !== action);
    for (const base of [false, true]) {
      const place = community(everyone(...needed, ...(base ? [action] : [])), role('role', 1));
      for (const ofEveryone of opinions) {
        for (const ofRole of opinions) {
          for (const ofPerson of opinions) {
            const overwrites = {
              roles: { everyone: saying(ofEveryone, action), role: saying(ofRole, action) },
              people: { ann: saying(ofPerson, action) },
            };
            const told = `${base} ${ofEveryone} ${ofRole} ${ofPerson}`;
            const withRole = inChannel(member('ann', ['role']), place, overwrites);
            expect(withRole.has(action), told).toBe(expected(base, ofEveryone, ofRole, ofPerson));
            const other = inChannel(member('bob'), place, overwrites);
            expect(other.has(action), told).toBe(expected(base, ofEveryone));
          }
        }
      }
    }
  });
});

test('of two roles, what one allows the other cannot deny', () => {
  const place = community(everyone('view_channel', 'send_messages'), role('a', 1), role('b', 2));
  const overwrites = {
    roles: { a: overwrite(['send_messages']), b: overwrite([], ['send_messages']) },
  };
  expect(inChannel(member('ann', ['a', 'b']), place, overwrites).has('send_messages')).toBe(true);
  expect(inChannel(member('ann', ['b', 'a']), place, overwrites).has('send_messages')).toBe(true);
  expect(inChannel(member('ann', ['b']), place, overwrites).has('send_messages')).toBe(false);
});

test('who may not see a channel may do nothing in it', () => {
  const place = community(everyone(...OF_CHANNEL));
  const hidden = { roles: { everyone: overwrite([], ['view_channel']) } };
  expect(inChannel(member('ann'), place, hidden).names()).toEqual([]);
});

test('a private channel is for the roles and people that are let in', () => {
  const place = community(everyone('view_channel', 'read_history'), role('team', 1));
  const overwrites = {
    roles: { everyone: overwrite([], ['view_channel']), team: overwrite(['view_channel']) },
    people: { guest: overwrite(['view_channel']) },
  };
  expect(inChannel(member('ann', ['team']), place, overwrites).names()).toEqual([
    'view_channel',
    'read_history',
  ]);
  expect(inChannel(member('guest'), place, overwrites).names()).toEqual(['view_channel', 'read_history']);
  expect(inChannel(member('bob'), place, overwrites).names()).toEqual([]);
});

test('an overwrite of a person who is no member lets nobody in', () => {
  const place = community(everyone('view_channel'));
  const overwrites = { people: { ann: overwrite(['view_channel', 'send_messages']) } };
  expect(inChannel(account('ann'), place, overwrites).names()).toEqual([]);
});

test('overwrites give nothing that is not of channels', () => {
  const place = community(everyone('view_channel'));
  const overwrites = { people: { ann: overwrite(['administrator', 'kick_members', 'administer_instance']) } };
  expect(inChannel(member('ann'), place, overwrites).names()).toEqual(['view_channel']);
});

test('roles that are gone, and roles of the instance given to a community, allow nothing', () => {
  const place = community(everyone('view_channel', 'administer_instance'));
  expect(inCommunity(member('ann', ['gone']), place).names()).toEqual(['view_community', 'view_channel']);
});

test.each([
  ['speak', 'join_voice'],
  ['use_camera', 'join_voice'],
  ['record_call', 'join_voice'],
  ['use_voice_activity', 'speak'],
  ['create_threads', 'send_in_threads'],
] as const)('%s is worth nothing without %s', (action, need) => {
  const place = community(everyone(...OF_CHANNEL));
  const overwrites = { roles: { everyone: overwrite([], [need]) } };
  expect(inChannel(member('ann'), place).has(action)).toBe(true);
  expect(inChannel(member('ann'), place, overwrites).has(action)).toBe(false);
});

test('files are attached where one may write, be it in threads alone', () => {
  const place = community(everyone(...OF_CHANNEL));
  const threadsAlone = { roles: { everyone: overwrite([], ['send_messages']) } };
  const nothing = { roles: { everyone: overwrite([], ['send_messages', 'send_in_threads']) } };
  expect(inChannel(member('ann'), place, threadsAlone).has('attach_files')).toBe(true);
  expect(inChannel(member('ann'), place, nothing).has('attach_files')).toBe(false);
});

describe('who stands above roles', () => {
  const place = community(role('admin', 1, 'administrator'), role('eraser', 2, 'delete_community'));
  const shut = {
    roles: { everyone: overwrite([], OF_CHANNEL), admin: overwrite([], OF_CHANNEL) },
    people: { owner: overwrite([], OF_CHANNEL), ann: overwrite([], OF_CHANNEL) },
  };

  test.each([
    ['the owner of the community', member('owner')],
    ['an administrator of the instance', ADMINISTRATOR],
    ['the owner of the instance', OWNER],
  ])('%s may do everything, also where overwrites shut them out', (_who, subject) => {
    expect(inCommunity(subject, place).names()).toEqual(OF_COMMUNITY);
    expect(inChannel(subject, place, shut).names()).toEqual(OF_CHANNEL);
  });

  test('an administrator of the community may do everything but delete it, unless another role says so', () => {
    const allButDelete = OF_COMMUNITY.filter((action) => action !== 'delete_community');
    expect(inCommunity(member('ann', ['admin']), place).names()).toEqual(allButDelete);
    expect(inCommunity(member('ann', ['admin', 'eraser']), place).names()).toEqual(OF_COMMUNITY);
    expect(inChannel(member('ann', ['admin']), place, shut).names()).toEqual(OF_CHANNEL);
  });

  test('an owner who has left is a stranger', () => {
    expect(inCommunity(account('owner'), place).names()).toEqual([]);
  });
});

describe('the instance', () => {
  const ofInstance = allActions.filter(({ scope }) => scope === 'instance').map(({ action }) => action);

  test.each([
    ['its owner', OWNER],
    ['an administrator', ADMINISTRATOR],
  ])('%s may do everything on it', (_who, subject) => {
    expect(permissionsIn(subject, { kind: 'instance' }, NOW).names()).toEqual(ofInstance);
  });

  test('an account may do what its roles say, and roles of communities say nothing here', () => {
    const given = PermissionSet.of('create_communities', 'kick_members', 'view_channel');
    const subject = account('ann', { instancePermissions: given });
    expect(permissionsIn(subject, { kind: 'instance' }, NOW).names()).toEqual(['create_communities']);
    expect(inCommunity(subject, community(everyone('view_channel'))).names()).toEqual([]);
  });

  test('who is banned may do nothing anywhere, whoever they are', () => {
    const places = [
      { kind: 'instance' },
      { kind: 'community', community: community(everyone('view_channel')) },
      { kind: 'channel', community: community(everyone('view_channel')), channel: channel() },
      { kind: 'direct', memberIds: new Set(['owner', 'ann']), group: false, blocked: false },
    ] as const;
    for (const place of places) {
      expect(permissionsIn({ ...member('owner'), banned: true }, place, NOW).names()).toEqual([]);
      expect(permissionsIn({ ...OWNER, banned: true }, place, NOW).names()).toEqual([]);
    }
  });
});

describe('timeouts', () => {
  const place = community(everyone(...defaultRoles.everyone.names()), role('admin', 1, 'administrator'));

  test('who is timed out may read, and neither write, react, speak nor join a call', () => {
    const subject = member('ann', [], { timedOutUntil: NOW + 1 });
    const names = inChannel(subject, place).names();
    expect(names).toEqual(['view_channel', 'read_history', 'view_edit_history']);
    expect(inCommunity(subject, place).names()).toEqual(WHILE_TIMED_OUT.names());
  });

  test('no overwrite lets them write', () => {
    const subject = member('ann', [], { timedOutUntil: NOW + 1 });
    const overwrites = { people: { ann: overwrite(['send_messages', 'join_voice', 'speak']) } };
    expect(inChannel(subject, place, overwrites).hasAny(PermissionSet.of('send_messages', 'speak'))).toBe(
      false,
    );
  });

  test('a timeout ends by itself', () => {
    const subject = member('ann', [], { timedOutUntil: NOW });
    expect(
      can(subject, 'send_messages', { kind: 'channel', community: place, channel: channel() }, NOW),
    ).toBe(true);
  });

  test('an administrator who is timed out still sees every channel', () => {
    const subject = member('ann', ['admin'], { timedOutUntil: NOW + 1 });
    const hidden = { roles: { everyone: overwrite([], ['view_channel']) } };
    expect(inChannel(subject, place, hidden).names()).toEqual([
      'view_channel',
      'read_history',
      'view_edit_history',
    ]);
    expect(inCommunity(subject, place).has('time_out_members')).toBe(false);
  });

  test('owners and administrators of the instance cannot be timed out', () => {
    const timedOut = { roleIds: [], timedOutUntil: NOW + 1 };
    const memberships = new Map([['community', timedOut]]);
    for (const subject of [member('owner'), ADMINISTRATOR, OWNER]) {
      expect(inChannel({ ...subject, memberships }, place).has('send_messages')).toBe(true);
    }
  });
});

test('in an archived channel nobody writes, not even the owner, who may open it again', () => {
  const place = community(everyone(...OF_CHANNEL));
  const archived = { archived: true };
  const left = [
    'view_channel',
    'read_history',
    'manage_channel',
    'manage_channel_permissions',
    'delete_messages',
    'view_edit_history',
  ];
  for (const subject of [member('ann'), member('owner'), OWNER]) {
    expect(inChannel(subject, place, archived).names()).toEqual(left);
  }
});

describe('direct messages', () => {
  const between: DirectPlace = {
    kind: 'direct',
    memberIds: new Set(['ann', 'bob']),
    group: false,
    blocked: false,
  };

  test('are for those who are in them, and for nobody above', () => {
    expect(can(account('ann'), 'send_messages', between, NOW)).toBe(true);
    expect(can(account('ann'), 'join_voice', between, NOW)).toBe(true);
    for (const subject of [account('eve'), ADMINISTRATOR, OWNER]) {
      expect(permissionsIn(subject, between, NOW).names()).toEqual([]);
    }
  });

  test('stay to be read when one has blocked the other, and nobody writes, reacts or calls', () => {
    const names = permissionsIn(account('ann'), { ...between, blocked: true }, NOW).names();
    expect(names).toEqual(['view_channel', 'read_history', 'view_edit_history']);
  });

  test('of a group go on whoever has blocked whom, and have a name that its members change', () => {
    const group = { ...between, group: true, blocked: true };
    expect(can(account('ann'), 'send_messages', group, NOW)).toBe(true);
    expect(can(account('ann'), 'manage_channel', group, NOW)).toBe(true);
    expect(can(account('ann'), 'manage_channel', between, NOW)).toBe(false);
  });

  test('know no moderation', () => {
    expect(can(account('ann'), 'delete_messages', { ...between, group: true }, NOW)).toBe(false);
  });
});
