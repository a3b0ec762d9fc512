import { communityInvites, invite } from '@parley/contract';
import { defaultRoles } from '@parley/workspace';
import { expect, test } from 'vitest';
import { problemOf, startServer } from './client.js';
import type { Client } from './client.js';
import { startKitchen } from './kitchen.js';
import type { Person } from './kitchen.js';

const PASSWORD = 'a long way home';
const NOT_THERE = '0193a2f0-7c1e-7abc-8def-0123456789ab';

async function started() {
  const server = await startServer();
  const owner = server.client();
  await owner.post('setup', { workspace_name: 'Kitchen', user_name: 'olga', password: PASSWORD });
  const { id } = await server.db.selectFrom('communities').select('id').executeTakeFirstOrThrow();
  const make = async (most_uses: number | null = null, by: Client = owner) => {
    const answer = await by.post('invites', { community_id: id, expires_in: 3600, most_uses });
    expect(answer.status).toBe(201);
    return invite.parse(answer.body).code;
  };
  const members = async () => {
    const rows = await server.db
      .selectFrom('members')
      .innerJoin('users', 'users.id', 'members.user_id')
      .select('users.name')
      .orderBy('users.name')
      .execute();
    return rows.map(({ name }) => name);
  };
  const join = async (code: string, user_name: string) => {
    const client = server.client();
    return {
      client,
      answer: await client.post(`invites/${code}/account`, { user_name, password: PASSWORD }),
    };
  };
  return { ...server, owner, communityId: id, make, members, join };
}

test('who has an invite sees what it is for, and comes in with a new account, signed in', async () => {
  const { client, make, members, join } = await started();
  const code = await make();
  expect((await client().get(`invites/${code}`)).body).toMatchObject({
    code,
    community: { name: 'Kitchen' },
  });
  const { client: ann, answer } = await join(code, 'ann');
  expect(answer.status).toBe(201);
  expect((await ann.get('me')).body).toMatchObject({ user_name: 'ann' });
  expect(await members()).toEqual(['ann', 'olga']);
});

test('who has an account comes in with it; twice is once, and uses one', async () => {
  const { db, make, members, join } = await started();
  const { client: ann } = await join(await make(), 'ann');
  await db
    .deleteFrom('members')
    .where('user_id', 'in', db.selectFrom('users').select('id').where('name', '=', 'ann'))
    .execute();
  const code = await make();
  for (let time = 0; time < 2; time += 1) expect((await ann.post(`invites/${code}`, {})).status).toBe(200);
  expect(await members()).toEqual(['ann', 'olga']);
  const { uses } = await db
    .selectFrom('invites')
    .select('uses')
    .where('code', '=', code)
    .executeTakeFirstOrThrow();
  expect(uses).toBe(1);
});

test('of several who want the last use one gets it, and of the others no account is left', async () => {
  const { db, make, join } = await started();
  const code = await make(1);
  const all = await Promise.all(['ann', 'bob', 'eve'].map((name) => join(code, name)));
  expect(all.map(({ answer }) => answer.status).sort()).toEqual([201, 404, 404]);
  expect(await db.selectFrom('users').select('id').execute()).toHaveLength(2);
});

test('a name that somebody has uses no invite up', async () => {
  const { make, join } = await started();
  const code = await make(1);
  const { answer } = await join(code, 'OLGA');
  expect(answer.status).toBe(409);
  expect(problemOf(answer)).toMatchObject({ code: 'user_name_taken', field: 'user_name' });
  expect((await join(code, 'ann')).answer.status).toBe(201);
});

test('an invite that has ended, and one that never was, are told alike', async () => {
  const { client, clock, make } = await started();
  const code = await make();
  clock.now += 3_600_000;
  const over = await client().get(`invites/${code}`);
  expect(over.status).toBe(404);
  for (const other of ['AAAAAAAAAAAAAAAA', 'x', "'--", '%00']) {
    const answer = await client().get(`invites/${other}`);
    expect(problemOf(answer), other).toEqual(problemOf(over));
  }
});

test('strangers do not learn of a community, and members who may not invite are told so', async () => {
  const { db, client, communityId, make, join } = await started();
  const wish = { community_id: communityId, expires_in: null, most_uses: null };
  expect((await client().post('invites', wish)).status).toBe(401);
  const { client: ann } = await join(await make(), 'ann');
  const without = defaultRoles.everyone.names().filter((name) => name !== 'create_invites');
  await db.updateTable('roles').set({ permissions: without }).where('position', '=', 0).execute();
  expect((await ann.post('invites', wish)).status).toBe(403);
  await db
    .deleteFrom('members')
    .where('user_id', 'in', db.selectFrom('users').select('id').where('name', '=', 'ann'))
    .execute();
  const hidden = await ann.post('invites', wish);
  const missing = await ann.post('invites', { ...wish, community_id: NOT_THERE });
  expect(hidden.status).toBe(404);
  expect(problemOf(hidden)).toEqual(problemOf(missing));
});

test.each([{ expires_in: 1 }, { most_uses: 0 }, { most_uses: 1.5 }, { community_id: 'x' }])(
  '%j is no wish for an invite',
  async (wrong) => {
    const { owner, communityId } = await started();
    const wish = { community_id: communityId, expires_in: null, most_uses: null, ...wrong };
    const answer = await owner.post('invites', wish);
    expect(answer.status).toBe(400);
    expect(problemOf(answer).field).toBe(Object.keys(wrong)[0]);
  },
);

test('invites are listed for who made them and for who manages them, and end when one of both says so', async () => {
  const { olga, ann, allow, communityId, join, person, eve } = await startKitchen();
  const bob = await join(await person('bob'));
  const wish = { community_id: communityId, expires_in: 3600, most_uses: 2 };
  const codes = [];
  for (const who of [olga, ann]) codes.push(invite.parse((await who.client.post('invites', wish)).body).code);
  const listed = async (who: Person) => {
    const answer = await who.client.get(`communities/${communityId}/invites`);
    return communityInvites.parse(answer.body).invites.map(({ code }) => code);
  };
  expect(await listed(ann)).toEqual([codes[1]]);
  expect((await ann.client.delete(`invites/${codes[0]}`)).status).toBe(403);
  expect((await eve.client.get(`communities/${communityId}/invites`)).status).toBe(404);
  expect((await eve.client.delete(`invites/${codes[0]}`)).status).toBe(404);
  await allow(bob, 'manage_invites');
  expect((await listed(bob)).sort()).toEqual([...codes].sort());
  for (const code of codes) {
    expect((await (code === codes[1] ? ann : bob).client.delete(`invites/${code}`)).status).toBe(204);
    expect((await eve.client.post(`invites/${code}`, {})).status).toBe(404);
    expect((await bob.client.delete(`invites/${code}`)).status).toBe(404);
  }
  expect(await listed(bob)).toEqual([]);
});

test('who comes by an invite is told on all devices, and so is who may list members', async () => {
  const { olga, eve, communityId, told } = await startKitchen();
  const wish = { community_id: communityId, expires_in: null, most_uses: null };
  const { code } = invite.parse((await olga.client.post('invites', wish)).body);
  for (let time = 0; time < 2; time += 1) await eve.client.post(`invites/${code}`, {});
  expect(told).toMatchObject([
    {
      type: 'member_joined',
      payload: { member: { person: { id: eve.id } } },
      audience: { communityId, may: 'view_members' },
    },
    { type: 'community_joined', audience: { userIds: [eve.id] } },
  ]);
});

test('of a community there are 200 invites at most', async () => {
  const { olga, communityId, db, clock } = await startKitchen();
  const row = { community_id: communityId, made_by: olga.id, created_at: new Date(clock.now) };
  const rows = Array.from({ length: 200 }, (_, at) => ({
    ...row,
    ...{ code: `AAAAAAAAAAAAA${100 + at}`, expires_at: null, most_uses: null, uses: 0, ended_at: null },
  }));
  await db.insertInto('invites').values(rows).execute();
  const wish = { community_id: communityId, expires_in: null, most_uses: null };
  expect(problemOf(await olga.client.post('invites', wish))).toMatchObject({
    status: 409,
    code: 'limit_reached',
  });
  await olga.client.delete('invites/AAAAAAAAAAAAA100');
  expect((await olga.client.post('invites', wish)).status).toBe(201);
});
