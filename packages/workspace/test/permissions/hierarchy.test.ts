import { canActOn, canAssignRole, canManageRole, mayChange, PermissionSet } from '@parley/workspace';
import type { Subject } from '@parley/workspace';
import { describe, expect, test } from 'vitest';
import { account, community, everyone, member, NOW, role } from './world.js';

const place = community(
  everyone('view_channel'),
  role('helper', 1),
  role('moderator', 5, 'kick_members', 'assign_roles', 'manage_roles'),
  role('administrator', 9, 'administrator'),
);
const INSTANCE_OWNER = account('root', { ownsInstance: true });
const INSTANCE_ADMINISTRATOR = account('admin', {
  instancePermissions: PermissionSet.of('administer_instance'),
});

/** From the bottom to the top. */
const LADDER: Subject[] = [
  account('stranger'),
  member('plain'),
  member('helper', ['helper']),
  member('moderator', ['moderator', 'helper']),
  member('administrator', ['administrator']),
  member('owner'),
  INSTANCE_ADMINISTRATOR,
  INSTANCE_OWNER,
];

function kick(actor: Subject, target: Subject): boolean {
  return canActOn({ actor, action: 'kick_members', target, community: place, now: NOW });
}

describe('who may kick whom', () => {
  for (const [at, actor] of LADDER.entries()) {
    test(`${actor.userId}: those below who is allowed to, and nobody else`, () => {
      const allowed = at >= 3;
      const kicked = LADDER.filter((target) => kick(actor, target)).map(({ userId }) => userId);
      expect(kicked).toEqual(allowed ? LADDER.slice(0, at).map(({ userId }) => userId) : []);
    });
  }

  test('nobody kicks those of their own height, nor themselves', () => {
    expect(kick(member('one', ['moderator']), member('two', ['moderator']))).toBe(false);
    expect(kick(member('one', ['moderator']), member('one'))).toBe(false);
  });

  test('who is timed out or banned kicks nobody', () => {
    expect(kick(member('one', ['moderator'], { timedOutUntil: NOW + 1 }), member('two'))).toBe(false);
    expect(kick({ ...member('one', ['moderator']), banned: true }, member('two'))).toBe(false);
  });
});

describe('roles', () => {
  const deed = (actor: Subject, id: string) => ({
    actor,
    role: { id, position: place.roles.get(id)?.position ?? 0 },
    community: place,
    now: NOW,
  });

  test('are changed and given by those above them', () => {
    const moderator = member('one', ['moderator']);
    for (const may of [canManageRole, canAssignRole]) {
      expect(may(deed(moderator, 'helper'))).toBe(true);
      expect(may(deed(moderator, 'moderator'))).toBe(false);
      expect(may(deed(moderator, 'administrator'))).toBe(false);
      expect(may(deed(member('owner'), 'administrator'))).toBe(true);
      expect(may(deed(member('two', ['helper']), 'helper'))).toBe(false);
    }
  });

  test('what everyone may do is changed as other roles are, and @everyone is given to nobody', () => {
    expect(canManageRole(deed(member('one', ['moderator']), 'everyone'))).toBe(true);
    expect(canAssignRole(deed(member('owner'), 'everyone'))).toBe(false);
  });

  test('nobody gives or takes what they do not have', () => {
    const own = PermissionSet.of('kick_members', 'speak');
    const none = PermissionSet.none;
    expect(mayChange(own, none, PermissionSet.of('kick_members'))).toBe(true);
    expect(mayChange(own, none, PermissionSet.of('ban_members'))).toBe(false);
    expect(mayChange(own, PermissionSet.of('ban_members'), none)).toBe(false);
    expect(mayChange(own, PermissionSet.of('ban_members'), PermissionSet.of('ban_members', 'speak'))).toBe(
      true,
    );
  });
});
