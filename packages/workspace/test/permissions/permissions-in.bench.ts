import { defaultRoles, permissionsIn, PermissionSet } from '@parley/workspace';
import { bench } from 'vitest';
import { channel, community, everyone, member, NOW, overwrite, role } from './world.js';

const place = community(
  everyone(...defaultRoles.everyone.names()),
  ...Array.from({ length: 20 }, (_, at) => role(`role-${at}`, at + 1, 'pin_messages')),
);
const readers = Array.from({ length: 1000 }, (_, at) =>
  member(
    `user-${at}`,
    [at % 20, (at + 7) % 20, (at + 13) % 20].map((id) => `role-${id}`),
  ),
);
const overwritten = channel({
  roles: {
    everyone: overwrite([], ['send_messages']),
    'role-1': overwrite(['send_messages']),
    'role-7': overwrite([], ['attach_files']),
  },
  people: { 'user-3': overwrite([], ['view_channel']) },
});
let found = PermissionSet.none;

bench('what each of 1,000 readers may do in a channel with overwrites', () => {
  for (const reader of readers) {
    found = permissionsIn(reader, { kind: 'channel', community: place, channel: overwritten }, NOW);
  }
  if (!found.has('view_channel')) throw new Error('Nobody may read');
});
