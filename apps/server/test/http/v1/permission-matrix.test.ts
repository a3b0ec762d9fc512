import { PermissionSet } from '@parley/workspace';
import type { Action } from '@parley/workspace';
import { expect, test } from 'vitest';
import { problemOf, startServer } from './client.js';
import { NOT_THERE, startKitchen } from './kitchen.js';
import type { Kitchen, Person } from './kitchen.js';

interface Route {
  /** What a member has to be allowed. */
  needs: readonly Action[];
  /** The path below /api/v1, with what stands in it made for the purpose. */
  path: (kitchen: Kitchen, bob: Person) => string | Promise<string>;
  body?: object | ((kitchen: Kitchen) => Promise<object>);
}

const community = ({ communityId }: Kitchen, rest = '') => `communities/${communityId}${rest}`;
const channelOf = async ({ addChannel }: Kitchen, rest = '') =>
  `channels/${(await addChannel({ kind: 'text', name: 'soup' })).id}${rest}`;
const moderator = async ({ roleNamed }: Kitchen) => (await roleNamed('Moderator')).id;

const OVERWRITE = { allow: [], deny: ['add_reactions'] };
const DECIDES: readonly Action[] = ['manage_channel_permissions', 'add_reactions'];

/** A channel in which something is decided for a role and for Bob. */
async function decided(kitchen: Kitchen, bob: Person, rest: (roleId: string) => string): Promise<string> {
  const path = await channelOf(kitchen, '/overwrites');
  const roleId = await moderator(kitchen);
  await kitchen.olga.client.put(`${path}/roles/${roleId}`, OVERWRITE);
  await kitchen.olga.client.put(`${path}/people/${bob.id}`, OVERWRITE);
  return path + rest(roleId);
}

async function emptyRole(kitchen: Kitchen): Promise<string> {
  const answer = await kitchen.olga.client.post(community(kitchen, '/roles'), { name: 'x', permissions: [] });
  return (answer.body as { id: string }).id;
}

async function banned(kitchen: Kitchen, bob: Person): Promise<string> {
  const path = community(kitchen, `/bans/${bob.id}`);
  await kitchen.olga.client.put(path, { reason: '', expires_in: null });
  return path;
}

/** A voice channel in whose call Bob is. */
async function called({ addChannel, voice }: Kitchen, bob: Person, rest = ''): Promise<string> {
  const { id } = await addChannel({ kind: 'voice', name: 'Table' });
  voice.set(0, id, [{ userId: bob.id, microphone: true, camera: false, screen: false }]);
  return `channels/${id}/call/people/${bob.id}${rest}`;
}

/** Every route of communities but those that need no permission. */
const ROUTES: Record<string, Route> = {
  'PATCH /api/v1/communities/:id': {
    needs: ['manage_community'],
    path: (kitchen) => community(kitchen),
    body: { name: 'x' },
  },
  'DELETE /api/v1/communities/:id': { needs: ['delete_community'], path: (kitchen) => community(kitchen) },
  'POST /api/v1/communities/:id/channels': {
    needs: ['create_channels'],
    path: (kitchen) => community(kitchen, '/channels'),
    body: { kind: 'text', name: 'x' },
  },
  'GET /api/v1/communities/:id/members': {
    needs: ['view_members'],
    path: (kitchen) => community(kitchen, '/members'),
  },
  'GET /api/v1/communities/:id/members/:user_id': {
    needs: ['view_members'],
    path: (kitchen, bob) => community(kitchen, `/members/${bob.id}`),
  },
  'PATCH /api/v1/communities/:id/members/:user_id': {
    needs: ['manage_nicknames'],
    path: (kitchen, bob) => community(kitchen, `/members/${bob.id}`),
    body: { nickname: 'x' },
  },
  'DELETE /api/v1/communities/:id/members/:user_id': {
    needs: ['kick_members'],
    path: (kitchen, bob) => community(kitchen, `/members/${bob.id}`),
  },
  'PUT /api/v1/communities/:id/members/:user_id/timeout': {
    needs: ['time_out_members'],
    path: (kitchen, bob) => community(kitchen, `/members/${bob.id}/timeout`),
    body: { seconds: 60 },
  },
  'DELETE /api/v1/communities/:id/members/:user_id/timeout': {
    needs: ['time_out_members'],
    path: (kitchen, bob) => community(kitchen, `/members/${bob.id}/timeout`),
  },
  'PUT /api/v1/communities/:id/members/:user_id/roles/:role_id': {
    needs: ['assign_roles'],
    path: async (kitchen, bob) => community(kitchen, `/members/${bob.id}/roles/${await emptyRole(kitchen)}`),
    body: {},
  },
  'DELETE /api/v1/communities/:id/members/:user_id/roles/:role_id': {
    needs: ['assign_roles'],
    path: async (kitchen, bob) => community(kitchen, `/members/${bob.id}/roles/${await emptyRole(kitchen)}`),
  },
  'GET /api/v1/communities/:id/bans': {
    needs: ['view_bans'],
    path: (kitchen) => community(kitchen, '/bans'),
  },
  'PUT /api/v1/communities/:id/bans/:user_id': {
    needs: ['ban_members'],
    path: (kitchen, bob) => community(kitchen, `/bans/${bob.id}`),
    body: { reason: '', expires_in: null },
  },
  'DELETE /api/v1/communities/:id/bans/:user_id': { needs: ['ban_members'], path: banned },
  'POST /api/v1/communities/:id/roles': {
    needs: ['manage_roles'],
    path: (kitchen) => community(kitchen, '/roles'),
    body: { name: 'x', permissions: [] },
  },
  'PATCH /api/v1/communities/:id/roles/:role_id': {
    needs: ['manage_roles'],
    path: async (kitchen) => community(kitchen, `/roles/${await moderator(kitchen)}`),
    body: { name: 'x' },
  },
  'DELETE /api/v1/communities/:id/roles/:role_id': {
    needs: ['manage_roles'],
    path: async (kitchen) => community(kitchen, `/roles/${await moderator(kitchen)}`),
  },
  'POST /api/v1/communities/:id/roles/:role_id/move': {
    needs: ['manage_roles'],
    path: async (kitchen) => community(kitchen, `/roles/${await moderator(kitchen)}/move`),
    body: async ({ roleNamed }: Kitchen) => ({ above: (await roleNamed('everyone')).id }),
  },
  'GET /api/v1/channels/:id': { needs: ['view_channel'], path: (kitchen) => channelOf(kitchen) },
  'PATCH /api/v1/channels/:id': {
    needs: ['manage_channel'],
    path: (kitchen) => channelOf(kitchen),
    body: { name: 'x' },
  },
  'DELETE /api/v1/channels/:id': { needs: ['manage_channel'], path: (kitchen) => channelOf(kitchen) },
  'POST /api/v1/channels/:id/move': {
    needs: ['create_channels'],
    path: (kitchen) => channelOf(kitchen, '/move'),
    body: { category_id: null, before: null },
  },
  'GET /api/v1/channels/:id/overwrites': {
    needs: ['manage_channel_permissions'],
    path: (kitchen) => channelOf(kitchen, '/overwrites'),
  },
  'PUT /api/v1/channels/:id/overwrites/roles/:role_id': {
    needs: DECIDES,
    path: async (kitchen) => channelOf(kitchen, `/overwrites/roles/${await moderator(kitchen)}`),
    body: OVERWRITE,
  },
  'DELETE /api/v1/channels/:id/overwrites/roles/:role_id': {
    needs: DECIDES,
    path: (kitchen, bob) => decided(kitchen, bob, (roleId) => `/roles/${roleId}`),
  },
  'PUT /api/v1/channels/:id/overwrites/people/:user_id': {
    needs: DECIDES,
    path: (kitchen, bob) => channelOf(kitchen, `/overwrites/people/${bob.id}`),
    body: OVERWRITE,
  },
  'DELETE /api/v1/channels/:id/overwrites/people/:user_id': {
    needs: DECIDES,
    path: (kitchen, bob) => decided(kitchen, bob, () => `/people/${bob.id}`),
  },
  'PUT /api/v1/channels/:id/call/people/:user_id/mute': {
    needs: ['mute_members'],
    path: (kitchen, bob) => called(kitchen, bob, '/mute'),
    body: {},
  },
  'DELETE /api/v1/channels/:id/call/people/:user_id/mute': {
    needs: ['mute_members'],
    path: (kitchen, bob) => called(kitchen, bob, '/mute'),
  },
  'PUT /api/v1/channels/:id/call/people/:user_id/deafen': {
    needs: ['deafen_members'],
    path: (kitchen, bob) => called(kitchen, bob, '/deafen'),
    body: {},
  },
  'DELETE /api/v1/channels/:id/call/people/:user_id/deafen': {
    needs: ['deafen_members'],
    path: (kitchen, bob) => called(kitchen, bob, '/deafen'),
  },
  'DELETE /api/v1/channels/:id/call/people/:user_id': {
    needs: ['move_members'],
    path: (kitchen, bob) => called(kitchen, bob),
  },
  'POST /api/v1/channels/:id/call/people/:user_id/move': {
    needs: ['move_members'],
    path: (kitchen, bob) => called(kitchen, bob, '/move'),
    body: async ({ addChannel }) => ({ to: (await addChannel({ kind: 'voice', name: 'Stove' })).id }),
  },
};

/** For every member, for the owner alone, or for who has another right: their own tests say so. */
const WITHOUT_PERMISSION = [
  // Of voice channels: calls.test.ts.
  'POST /api/v1/channels/:id/call',
  // Of who is called: ringing.test.ts.
  'DELETE /api/v1/channels/:id/call/ring',
  // Of what one wants to be told: notifications.test.ts.
  'PUT /api/v1/communities/:id/notifications',
  'GET /api/v1/communities',
  'POST /api/v1/communities',
  'GET /api/v1/communities/:id',
  // Everybody sees their own.
  'GET /api/v1/communities/:id/invites',
  'POST /api/v1/communities/:id/leave',
  'POST /api/v1/communities/:id/owner',
];

test('every route of communities and channels is in the matrix', async () => {
  const { routes } = await startServer();
  const ofCommunities = routes.filter((route) => / \/api\/v1\/(communities|channels\/:id)(\/|$)/.test(route));
  expect([...Object.keys(ROUTES), ...WITHOUT_PERMISSION].sort()).toEqual(ofCommunities.sort());
});

test.each(Object.entries(ROUTES))('%s', async (route, { needs, path, body }) => {
  const kitchen = await startKitchen();
  const { ann, eve, db, allow, roleNamed, join, person } = kitchen;
  const bob = await join(await person('bob'));
  const everyone = PermissionSet.ofNames((await roleNamed('everyone')).permissions);
  const without = everyone.without(PermissionSet.of(...needs)).names();
  await db.updateTable('roles').set({ permissions: without }).where('position', '=', 0).execute();
  const [method = '', pattern = ''] = route.split(' ');
  const real = await path(kitchen, bob);
  const sent: unknown = typeof body === 'function' ? await body(kitchen) : body;
  const ask = (who: Person, at = real) =>
    who.client.ask(method, at, sent === undefined ? undefined : JSON.stringify(sent));

  const hidden = await ask(eve);
  expect(hidden.status, 'who does not see it').toBe(404);
  const nowhere = pattern.includes('channels/:id')
    ? real.replace(/channels\/[^/]+/, `channels/${NOT_THERE}`)
    : real.replace(/communities\/[^/]+/, `communities/${NOT_THERE}`);
  expect(problemOf(hidden), 'told as if it were not there').toEqual(problemOf(await ask(eve, nowhere)));

  const refused = await ask(ann);
  expect(refused.status, 'who sees it and may not').toBe(needs.includes('view_channel') ? 404 : 403);
  await allow(ann, ...needs);
  const allowed = await ask(ann);
  expect(allowed.status, JSON.stringify(allowed.body)).toBeLessThan(300);
});
