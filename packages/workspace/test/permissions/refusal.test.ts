import { permissionsIn, PermissionSet, refusalOf } from '@parley/workspace';
import type { Action, Place, Refusal, Subject } from '@parley/workspace';
import { expect, test } from 'vitest';
import { account, channel, community, everyone, member, NOW, overwrite } from './world.js';

const open = community(everyone('view_channel'));
const hidden = channel({ roles: { everyone: overwrite([], ['view_channel']) } });

function refused(subject: Subject, action: Action, place: Place): Refusal | undefined {
  return refusalOf(permissionsIn(subject, place, NOW), action, place);
}

test('what is allowed is not refused', () => {
  expect(
    refused(member('ann'), 'view_channel', { kind: 'channel', community: open, channel: channel() }),
  ).toBe(undefined);
});

test('in a channel that one sees, what one may not do is forbidden', () => {
  const place: Place = { kind: 'channel', community: open, channel: channel() };
  expect(refused(member('ann'), 'send_messages', place)).toBe('forbidden');
});

test('a channel that one does not see is not there, whatever is asked of it', () => {
  const place: Place = { kind: 'channel', community: open, channel: hidden };
  for (const action of ['view_channel', 'send_messages', 'manage_channel'] as const) {
    expect(refused(member('ann'), action, place)).toBe('not_found');
  }
});

test('a community is there for its members alone', () => {
  const place: Place = { kind: 'community', community: open };
  expect(refused(member('ann'), 'kick_members', place)).toBe('forbidden');
  expect(refused(account('eve'), 'view_community', place)).toBe('not_found');
  expect(refused(account('eve'), 'kick_members', place)).toBe('not_found');
});

test('a conversation is there for those who are in it, the owner of the instance not among them', () => {
  const place: Place = { kind: 'direct', memberIds: new Set(['ann', 'bob']), group: false, blocked: true };
  expect(refused(account('ann'), 'send_messages', place)).toBe('forbidden');
  expect(refused(account('root', { ownsInstance: true }), 'view_channel', place)).toBe('not_found');
});

test('everybody knows of the instance, and a banned account is told nothing else', () => {
  expect(refused(account('ann'), 'manage_instance', { kind: 'instance' })).toBe('forbidden');
  const banned = account('ann', { banned: true, instancePermissions: PermissionSet.of('manage_instance') });
  expect(refused(banned, 'manage_instance', { kind: 'instance' })).toBe('forbidden');
});
