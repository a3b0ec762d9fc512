import { expect, it } from 'vitest';
import { actionGroups } from '../../../../packages/workspace/src/permissions/actions.js';
import { decided, decisionOf } from '../../src/administration/decisions.js';
import { permissionGroupsMatching } from '../../src/administration/matching-permissions.js';
import { CHANNEL_PERMISSIONS, PERMISSION_GROUPS } from '../../src/administration/permission-groups.js';

it('shows every permission that a role gives, but for the one that every member has', () => {
  const { instance, ...groups } = actionGroups;
  expect(Object.keys(instance)).not.toHaveLength(0);
  const given = Object.fromEntries(
    Object.entries(groups).map(([group, actions]) => [
      group,
      Object.keys(actions).filter((action) => action !== 'view_community'),
    ]),
  );
  expect(PERMISSION_GROUPS).toEqual(given);
});

it('shows in a channel what can be decided there', () => {
  const decidable = Object.values(actionGroups)
    .flatMap((actions) => Object.entries(actions))
    .filter(([, scope]) => scope === 'channel')
    .map(([action]) => action);
  expect(Object.values(CHANNEL_PERMISSIONS).flat().sort()).toEqual(decidable.sort());
});

it('finds permissions by all words of a search', () => {
  const found = (search: string) =>
    permissionGroupsMatching(PERMISSION_GROUPS, search).flatMap(({ permissions }) => permissions);
  expect(found('invite LINK')).toEqual(['create_invites', 'invite_guests']);
  expect(found('no such thing')).toEqual([]);
  expect(found(' ')).toContain('speak');
});

it('decides one permission and leaves the others', () => {
  const now = { allow: ['speak'], deny: ['join_voice'] };
  expect(decided(now, { permission: 'speak', decision: 'deny' })).toEqual({
    ...{ allow: [], deny: ['join_voice', 'speak'] },
  });
  expect(decided(now, { permission: 'join_voice', decision: 'leave' })).toEqual({
    allow: ['speak'],
    deny: [],
  });
  const overwrite = { role_id: 'cook', user_id: null, ...now };
  expect(['speak', 'join_voice', 'use_camera'].map((one) => decisionOf(overwrite, one))).toEqual([
    ...['allow', 'deny', 'leave'],
  ]);
  expect(decisionOf(undefined, 'speak')).toBe('leave');
});
