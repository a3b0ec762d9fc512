import { member, role } from '@parley/contract';
import type { Action } from '@parley/workspace';
import { describe, expect, test } from 'vitest';
import { problemOf } from './client.js';
import { NOT_THERE, startKitchen, statusesOf } from './kitchen.js';
import type { Kitchen, Person } from './kitchen.js';

const namesIn = async ({ seen, olga }: Kitchen) => (await seen(olga)).roles.map(({ name }) => name);

/** Makes a role over the API. */
async function make({ communityId }: Kitchen, by: Person, name: string, permissions: Action[] = []) {
  const answer = await by.client.post(`communities/${communityId}/roles`, { name, permissions });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return role.parse(answer.body);
}

describe('a role', () => {
  test('is made right above that of everybody, and all members are told', async () => {
    const kitchen = await startKitchen();
    const made = await make(kitchen, kitchen.olga, 'Cook', ['pin_messages']);
    expect(made).toMatchObject({ position: 1, permissions: ['pin_messages'], colour: null, icon: null });
    expect(await namesIn(kitchen)).toEqual(['Administrator', 'Moderator', 'Cook', 'everyone']);
    expect(kitchen.told.at(-1)).toMatchObject({
      type: 'roles_changed',
      audience: { communityId: kitchen.communityId },
    });
  });

  test('changes what is asked for, and nothing else', async () => {
    const kitchen = await startKitchen();
    const { olga, communityId } = kitchen;
    const { id } = await make(kitchen, olga, 'Cook', ['pin_messages']);
    const path = `communities/${communityId}/roles/${id}`;
    await olga.client.patch(path, { colour: 0xff8800, icon: '🍳' });
    expect((await olga.client.patch(path, { name: 'Chef' })).body).toMatchObject({
      ...{ name: 'Chef', colour: 0xff8800, icon: '🍳', permissions: ['pin_messages'] },
    });
    expect((await olga.client.patch(path, { colour: null, permissions: [] })).body).toMatchObject({
      ...{ name: 'Chef', colour: null, icon: '🍳', permissions: [] },
    });
  });

  test.each([
    [{ permissions: [] }, 400, 'name'],
    [{ name: 'x', permissions: ['fly'] }, 422, 'permissions'],
    [{ name: 'x', permissions: ['administer_instance'] }, 422, 'permissions'],
    [{ name: 'x', permissions: [], colour: 0x1000000 }, 400, 'colour'],
    [{ name: 'x', permissions: [], icon: 'ab' }, 400, 'icon'],
  ])('is not made of %j', async (wrong, status, field) => {
    const kitchen = await startKitchen();
    const answer = await kitchen.olga.client.post(`communities/${kitchen.communityId}/roles`, wrong);
    expect(problemOf(answer)).toMatchObject({ status, field });
    expect(await namesIn(kitchen)).toHaveLength(3);
  });

  test('is given and taken, and what its member may do changes with it', async () => {
    const kitchen = await startKitchen();
    const { olga, ann, communityId, seen, told } = kitchen;
    const { id } = await make(kitchen, olga, 'Cook', ['manage_emoji']);
    const path = `communities/${communityId}/members/${ann.id}/roles/${id}`;
    expect(member.parse((await olga.client.put(path, {})).body).role_ids).toEqual([id]);
    expect((await olga.client.put(path, {})).status).toBe(200);
    expect((await seen(ann)).permissions).toContain('manage_emoji');
    expect(told.slice(-2)).toMatchObject([
      { type: 'permissions_changed', audience: { userIds: [ann.id] } },
      { type: 'member_changed', payload: { member: { role_ids: [id] } }, audience: { may: 'view_members' } },
    ]);
    expect(member.parse((await olga.client.delete(path)).body).role_ids).toEqual([]);
    expect((await seen(ann)).permissions).not.toContain('manage_emoji');
  });

  test('goes, and with it what it gave', async () => {
    const kitchen = await startKitchen();
    const { olga, ann, communityId, allow, seen, roleNamed } = kitchen;
    await allow(ann, 'manage_emoji');
    const { id } = await roleNamed('Role 3');
    expect((await olga.client.delete(`communities/${communityId}/roles/${id}`)).status).toBe(204);
    expect((await seen(ann)).permissions).not.toContain('manage_emoji');
  });

  test('of everybody keeps its name, its place and all members', async () => {
    const { olga, ann, communityId, roleNamed, seen } = await startKitchen();
    const { id, permissions } = await roleNamed('everyone');
    const path = `communities/${communityId}/roles/${id}`;
    const moderator = await roleNamed('Moderator');
    const answers = [
      await olga.client.patch(path, { name: 'All' }),
      await olga.client.delete(path),
      await olga.client.post(`${path}/move`, { above: moderator.id }),
      await olga.client.put(`communities/${communityId}/members/${ann.id}/roles/${id}`, {}),
    ];
    expect(statusesOf(answers)).toEqual([422, 409, 409, 409]);
    const without = permissions.filter((name) => name !== 'create_invites');
    expect((await olga.client.patch(path, { permissions: without })).status).toBe(200);
    expect((await seen(ann)).permissions).not.toContain('create_invites');
  });

  test('is one of 250 at most', async () => {
    const { olga, communityId, db } = await startKitchen();
    const rows = Array.from({ length: 247 }, (_, at) => ({
      ...{ id: NOT_THERE.replace(/...$/, `${at + 100}`), community_id: communityId, name: 'x' },
      ...{ colour: null, icon: null, position: at + 3, permissions: [] },
    }));
    await db.insertInto('roles').values(rows).execute();
    const answer = await olga.client.post(`communities/${communityId}/roles`, { name: 'x', permissions: [] });
    expect(problemOf(answer)).toMatchObject({ status: 409, code: 'limit_reached' });
  });
});

describe('the order of roles', () => {
  test('is what was dragged where', async () => {
    const kitchen = await startKitchen();
    const { olga, communityId, roleNamed } = kitchen;
    const [administrator, moderator, everyone] = [
      await roleNamed('Administrator'),
      await roleNamed('Moderator'),
      await roleNamed('everyone'),
    ];
    const move = (id: string, above: string) =>
      olga.client.post(`communities/${communityId}/roles/${id}/move`, { above });
    expect((await move(moderator.id, administrator.id)).status).toBe(204);
    expect(await namesIn(kitchen)).toEqual(['Moderator', 'Administrator', 'everyone']);
    await move(moderator.id, everyone.id);
    expect(await namesIn(kitchen)).toEqual(['Administrator', 'Moderator', 'everyone']);
    for (const above of [NOT_THERE, moderator.id]) {
      expect(problemOf(await move(moderator.id, above))).toMatchObject({ status: 422, field: 'above' });
    }
  });

  test('keeps people from what is not below them', async () => {
    const kitchen = await startKitchen();
    const { olga, ann, communityId, allow, roleNamed, addRole, join, person } = kitchen;
    await allow(ann, 'manage_roles', 'assign_roles', 'manage_emoji');
    const [own, high] = [await roleNamed('Role 3'), await addRole()];
    const bob = await join(await person('bob'));
    const moderator = await roleNamed('Moderator');
    const path = `communities/${communityId}`;
    const refused = [
      await ann.client.patch(`${path}/roles/${own.id}`, { name: 'Queen' }),
      await ann.client.patch(`${path}/roles/${high}`, { name: 'Low' }),
      await ann.client.delete(`${path}/roles/${high}`),
      await ann.client.post(`${path}/roles/${moderator.id}/move`, { above: own.id }),
      await ann.client.put(`${path}/members/${ann.id}/roles/${high}`, {}),
      await ann.client.put(`${path}/members/${bob.id}/roles/${own.id}`, {}),
    ];
    expect(statusesOf(refused)).toEqual([403, 403, 403, 403, 403, 403]);
    expect((await ann.client.patch(`${path}/roles/${moderator.id}`, { name: 'Sous' })).status).toBe(200);
    expect((await olga.client.patch(`${path}/roles/${high}`, { name: 'Low' })).status).toBe(200);
  });

  test('gives nobody what they do not have, neither by a role of their own making nor by one that is there', async () => {
    const kitchen = await startKitchen();
    const { ann, communityId, allow, addRole, giveRole, roleNamed, join, person } = kitchen;
    const strong = await addRole('ban_members');
    await allow(ann, 'manage_roles', 'assign_roles', 'manage_emoji');
    const bob = await join(await person('bob'));
    const path = `communities/${communityId}`;
    const everyone = await roleNamed('everyone');
    const refused = [
      await ann.client.post(`${path}/roles`, { name: 'x', permissions: ['kick_members'] }),
      await ann.client.post(`${path}/roles`, { name: 'x', permissions: ['administrator'] }),
      await ann.client.patch(`${path}/roles/${everyone.id}`, {
        permissions: [...everyone.permissions, 'kick_members'],
      }),
      await ann.client.patch(`${path}/roles/${strong}`, { permissions: [] }),
      await ann.client.put(`${path}/members/${bob.id}/roles/${strong}`, {}),
    ];
    expect(statusesOf(refused)).toEqual([403, 403, 403, 403, 403]);
    const made = await make(kitchen, ann, 'Painter', ['manage_emoji']);
    expect((await ann.client.put(`${path}/members/${bob.id}/roles/${made.id}`, {})).status).toBe(200);
    await giveRole(bob, strong);
    expect((await ann.client.delete(`${path}/members/${bob.id}/roles/${strong}`)).status).toBe(403);
  });

  test('is kept by several who drag at once', async () => {
    const kitchen = await startKitchen();
    const { olga, communityId, seen } = kitchen;
    for (const name of ['a', 'b', 'c']) await make(kitchen, olga, name);
    const { roles } = await seen(olga);
    const ids = roles.filter(({ position }) => position > 0).map(({ id }) => id);
    const answers = await Promise.all(
      ids.map((id, at) =>
        olga.client.post(`communities/${communityId}/roles/${id}/move`, {
          above: ids[(at + 2) % ids.length],
        }),
      ),
    );
    expect(new Set(statusesOf(answers))).toEqual(new Set([204]));
    const after = (await seen(olga)).roles;
    expect(after.map(({ id }) => id).sort()).toEqual(roles.map(({ id }) => id).sort());
    expect(after.map(({ position }) => position)).toEqual([5, 4, 3, 2, 1, 0]);
  });
});
