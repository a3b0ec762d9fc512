import { banPage, member, memberPage } from '@parley/contract';
import type { Action } from '@parley/workspace';
import { describe, expect, test } from 'vitest';
import { problemOf } from './client.js';
import { NOT_THERE, startKitchen, statusesOf } from './kitchen.js';
import type { Kitchen, Person } from './kitchen.js';

const DAY = 24 * 3_600_000;

async function listed({ communityId }: Kitchen, by: Person, query = '') {
  const answer = await by.client.get(`communities/${communityId}/members${query}`);
  return memberPage.parse(answer.body);
}

const namesOf = ({ members }: Awaited<ReturnType<typeof listed>>) =>
  members.map(({ person }) => person.user_name);

describe('the list of members', () => {
  test('comes in pages by name, each once, with roles and nicknames', async () => {
    const kitchen = await startKitchen();
    const { ann, communityId, join, person, allow } = kitchen;
    for (const name of ['bob', 'cem', 'dora']) await join(await person(name));
    await allow(ann, 'manage_emoji');
    await ann.client.patch(`communities/${communityId}/members/${ann.id}`, { nickname: 'Annie' });
    const pages = [];
    for (let query: string | undefined = '?limit=2'; query !== undefined;) {
      const page: Awaited<ReturnType<typeof listed>> = await listed(kitchen, ann, query);
      pages.push(namesOf(page));
      query = page.next === null ? undefined : `?limit=2&cursor=${page.next}`;
    }
    expect(pages).toEqual([['ann', 'bob'], ['cem', 'dora'], ['olga']]);
    const [first] = (await listed(kitchen, ann)).members;
    expect(first).toMatchObject({ nickname: 'Annie', timed_out_until: null, person: { id: ann.id } });
    expect(first?.role_ids).toHaveLength(1);
  });

  test('finds members by the beginning of what they are called, and takes nothing for a pattern', async () => {
    const kitchen = await startKitchen();
    const { ann, communityId, join, person } = kitchen;
    await join(await person('bob'));
    await ann.client.patch(`communities/${communityId}/members/${ann.id}`, { nickname: 'Boss' });
    expect(namesOf(await listed(kitchen, ann, '?query=BO'))).toEqual(['ann', 'bob']);
    expect(namesOf(await listed(kitchen, ann, '?query=ol'))).toEqual(['olga']);
    expect(namesOf(await listed(kitchen, ann, '?query=%25'))).toEqual([]);
    expect(namesOf(await listed(kitchen, ann, '?query=_'))).toEqual([]);
  });

  test.each([
    ['?limit=0', 400, 'limit'],
    ['?limit=101', 400, 'limit'],
    ['?limit=x', 400, 'limit'],
    ['?cursor=%00', 422, 'cursor'],
    [`?cursor=${Buffer.from('\0').toString('base64url')}`, 422, 'cursor'],
    ['?query=', 400, 'query'],
  ])('is not asked for with %s', async (query, status, field) => {
    const { ann, communityId } = await startKitchen();
    expect(problemOf(await ann.client.get(`communities/${communityId}/members${query}`))).toMatchObject({
      status,
      field,
    });
  });
});

describe('a nickname', () => {
  test('is chosen by its member, and changed by who may and stands above', async () => {
    const { olga, ann, communityId, allow, addRole, giveRole, join, person, told } = await startKitchen();
    const bob = await join(await person('bob'));
    const path = (who: Person) => `communities/${communityId}/members/${who.id}`;
    expect((await ann.client.patch(path(bob), { nickname: 'B' })).status).toBe(403);
    await allow(ann, 'manage_nicknames');
    expect((await ann.client.patch(path(bob), { nickname: 'B' })).body).toMatchObject({ nickname: 'B' });
    expect(told.at(-1)).toMatchObject({ type: 'member_changed', payload: { member: { nickname: 'B' } } });
    expect((await ann.client.patch(path(bob), { nickname: null })).body).toMatchObject({ nickname: null });
    await giveRole(bob, await addRole());
    const refused = [
      await ann.client.patch(path(bob), { nickname: 'B' }),
      await ann.client.patch(path(olga), { nickname: 'O' }),
    ];
    expect(statusesOf(refused)).toEqual([403, 403]);
  });
});

describe('leaving', () => {
  test('takes a member out with what was decided for them alone', async () => {
    const { olga, ann, communityId, seen, join, told } = await startKitchen();
    const [general] = (await seen(olga)).channels;
    const overwrite = { allow: ['delete_messages'], deny: [] };
    await olga.client.put(`channels/${general!.id}/overwrites/people/${ann.id}`, overwrite);
    expect((await seen(ann)).channels[0]?.permissions).toContain('delete_messages');
    expect((await ann.client.post(`communities/${communityId}/leave`, {})).status).toBe(204);
    expect((await ann.client.get(`communities/${communityId}`)).status).toBe(404);
    expect(told.slice(-2)).toMatchObject([
      { type: 'member_left', payload: { user_id: ann.id }, audience: { communityId } },
      { type: 'community_left', audience: { userIds: [ann.id] } },
    ]);
    await join(ann);
    expect((await seen(ann)).channels[0]?.permissions).not.toContain('delete_messages');
  });

  test('is not for its owner', async () => {
    const { olga, communityId } = await startKitchen();
    const answer = await olga.client.post(`communities/${communityId}/leave`, {});
    expect(problemOf(answer)).toMatchObject({ status: 409, code: 'conflict' });
    expect(problemOf(answer).remedy).toContain('somebody else');
  });
});

/** Ann may moderate; Bob has a role below hers, Dora one above. */
async function startModerated(...permissions: Action[]) {
  const kitchen = await startKitchen();
  const { ann, person, join, giveRole, addRole, allow, communityId } = kitchen;
  const [bob, dora] = [await join(await person('bob')), await join(await person('dora'))];
  await giveRole(bob, await addRole());
  await allow(ann, ...permissions);
  await giveRole(dora, await addRole());
  const of = (who: Person | string, rest = '') =>
    `communities/${communityId}/members/${typeof who === 'string' ? who : who.id}${rest}`;
  return { ...kitchen, bob, dora, of };
}

describe('kicking', () => {
  test('is done to who stands below, and nobody else', async () => {
    const { olga, ann, bob, dora, eve, of, seen } = await startModerated('kick_members');
    const refused = [dora, olga, ann].map((who) => ann.client.delete(of(who)));
    expect(statusesOf(await Promise.all(refused))).toEqual([403, 403, 403]);
    const missing = [eve.id, NOT_THERE].map((id) => ann.client.delete(of(id)));
    expect(statusesOf(await Promise.all(missing))).toEqual([404, 404]);
    expect((await ann.client.delete(of(bob))).status).toBe(204);
    expect((await bob.client.get('communities')).body).toEqual({ communities: [] });
    expect((await seen(dora)).name).toBe('Kitchen');
  });
});

describe('a timeout', () => {
  test('leaves reading, ends by itself, and ends when somebody lets them speak again', async () => {
    const { ann, bob, of, seen, clock, told } = await startModerated('time_out_members');
    const speaks = async () => (await seen(bob)).channels[0]?.permissions.includes('send_messages');
    expect((await ann.client.put(of(bob, '/timeout'), { seconds: 60 })).status).toBe(204);
    expect(await speaks()).toBe(false);
    const until = new Date(clock.now + 60_000).toISOString();
    expect(told.slice(-2)).toMatchObject([
      { type: 'member_changed', payload: { member: { timed_out_until: until } } },
      { type: 'permissions_changed', audience: { userIds: [bob.id] } },
    ]);
    clock.now += 60_000;
    expect(await speaks()).toBe(true);
    expect(member.parse((await ann.client.get(of(bob))).body).timed_out_until).toBe(null);
    await ann.client.put(of(bob, '/timeout'), { seconds: 60 });
    expect(await speaks()).toBe(false);
    expect((await ann.client.delete(of(bob, '/timeout'))).status).toBe(204);
    expect(await speaks()).toBe(true);
  });

  test('is for who stands below, and for four weeks at most', async () => {
    const { olga, ann, bob, dora, of } = await startModerated('time_out_members');
    const body = { seconds: 60 };
    const refused = [dora, olga, ann].map((who) => ann.client.put(of(who, '/timeout'), body));
    expect(statusesOf(await Promise.all(refused))).toEqual([403, 403, 403]);
    for (const seconds of [59, 2_419_201, '60', null]) {
      expect(problemOf(await ann.client.put(of(bob, '/timeout'), { seconds }))).toMatchObject({
        status: 400,
        field: 'seconds',
      });
    }
  });
});

describe('a ban', () => {
  const GOOD = { reason: 'Salted the tea', expires_in: null };
  const bans = (who: Person, communityId: string) => who.client.get(`communities/${communityId}/bans`);

  test('takes a member out, and no invite brings them back until it ends', async () => {
    const { olga, ann, bob, communityId, clock, seen } = await startModerated('ban_members', 'view_bans');
    const wish = { community_id: communityId, expires_in: null, most_uses: null };
    const { code } = (await olga.client.post('invites', wish)).body as { code: string };
    const path = `communities/${communityId}/bans/${bob.id}`;
    expect((await ann.client.put(path, { ...GOOD, expires_in: 86_400 })).status).toBe(204);
    expect((await bob.client.get(`communities/${communityId}`)).status).toBe(404);
    const refused = await bob.client.post(`invites/${code}`, {});
    expect(problemOf(refused)).toMatchObject({ status: 403, code: 'forbidden' });
    expect(banPage.parse((await bans(ann, communityId)).body).bans).toMatchObject([
      {
        person: { user_name: 'bob' },
        reason: 'Salted the tea',
        banned_by: ann.id,
        until: new Date(clock.now + DAY).toISOString(),
      },
    ]);
    clock.now += DAY;
    expect(banPage.parse((await bans(ann, communityId)).body).bans).toEqual([]);
    expect((await bob.client.post(`invites/${code}`, {})).status).toBe(200);
    expect((await seen(bob)).name).toBe('Kitchen');
  });

  test('ends when somebody takes it back, and can be of somebody who is no member', async () => {
    const { olga, eve, communityId } = await startModerated();
    const path = `communities/${communityId}/bans/${eve.id}`;
    expect((await olga.client.put(path, GOOD)).status).toBe(204);
    expect((await olga.client.put(path, { ...GOOD, reason: '' })).status).toBe(204);
    expect(banPage.parse((await bans(olga, communityId)).body).bans).toMatchObject([
      { reason: '', until: null },
    ]);
    expect((await olga.client.delete(path)).status).toBe(204);
    expect((await olga.client.delete(path)).status).toBe(404);
    expect(banPage.parse((await bans(olga, communityId)).body).bans).toEqual([]);
  });

  test('is of nobody who stands above, nor of who is not there', async () => {
    const { olga, ann, dora, communityId } = await startModerated('ban_members');
    const ban = (id: string) => ann.client.put(`communities/${communityId}/bans/${id}`, GOOD);
    const answers = [dora.id, olga.id, ann.id, NOT_THERE].map(ban);
    expect(statusesOf(await Promise.all(answers))).toEqual([403, 403, 403, 404]);
  });

  test('comes before an invite that is used at the same moment, or takes out who came by it', async () => {
    const { olga, eve, communityId } = await startKitchen();
    const wish = { community_id: communityId, expires_in: null, most_uses: null };
    const { code } = (await olga.client.post('invites', wish)).body as { code: string };
    await Promise.all([
      eve.client.post(`invites/${code}`, {}),
      olga.client.put(`communities/${communityId}/bans/${eve.id}`, GOOD),
    ]);
    expect((await eve.client.get(`communities/${communityId}`)).status).toBe(404);
  });
});
