import { community, ownCommunities } from '@parley/contract';
import { describe, expect, test } from 'vitest';
import { problemOf, startServer } from './client.js';
import { NOT_THERE, startKitchen } from './kitchen.js';

describe('a community', () => {
  test('is seen by its members with its channels in order, its roles, and what they may do', async () => {
    const { ann, olga, seen, communityId, roleNamed } = await startKitchen();
    expect(await seen(ann)).toMatchObject({
      id: communityId,
      name: 'Kitchen',
      description: '',
      owner_id: olga.id,
      channels: [
        { name: 'general', kind: 'text', private: false, category_id: null },
        { name: 'announcements', kind: 'text', private: false },
        { name: 'Voice', kind: 'voice' },
      ],
      roles: [{ name: 'Administrator' }, { name: 'Moderator' }, { name: 'everyone', position: 0 }],
    });
    const [general, announcements] = (await seen(ann)).channels;
    expect(general?.permissions).toContain('send_messages');
    expect(announcements?.permissions).not.toContain('send_messages');
    expect((await seen(ann)).permissions).not.toContain('manage_community');
    expect((await seen(olga)).permissions).toContain('delete_community');
    expect((await roleNamed('Administrator')).permissions).toEqual(['administrator']);
  });

  test('is listed for its members, in the order in which they joined', async () => {
    const { ann, eve, olga, makeCommunity, join, communityId, clock } = await startKitchen();
    clock.now += 1000;
    const second = await makeCommunity(olga);
    await join(ann, second);
    const listed = async (who: typeof ann) =>
      ownCommunities.parse((await who.client.get('communities')).body).communities.map(({ id }) => id);
    expect(await listed(ann)).toEqual([communityId, second]);
    expect(await listed(eve)).toEqual([]);
  });

  test('is made by who may make communities, with channels to begin with', async () => {
    const server = await startServer();
    const owner = server.client();
    await owner.post('setup', { workspace_name: 'Inn', user_name: 'olga', password: 'a long way home' });
    server.clock.now += 1000;
    const answer = await owner.post('communities', { name: '  Kitchen ', description: 'Where we cook' });
    expect(answer.status).toBe(201);
    const made = community.parse(answer.body);
    expect(made).toMatchObject({ name: 'Kitchen', description: 'Where we cook' });
    expect(made.channels.map(({ name }) => name)).toEqual(['general', 'announcements', 'Voice']);
    expect(server.told).toMatchObject([{ type: 'community_joined', payload: { community_id: made.id } }]);
    expect((await owner.get('communities')).body).toMatchObject({
      communities: [{ name: 'Inn' }, { name: 'Kitchen' }],
    });
  });

  test('is made by nobody else, who learns why', async () => {
    const { ann } = await startKitchen();
    const answer = await ann.client.post('communities', { name: 'Mine' });
    expect(answer.status).toBe(403);
    expect(problemOf(answer).title).toContain('create_communities');
  });

  test('changes its name and nothing else', async () => {
    const { olga, ann, communityId, seen, told } = await startKitchen();
    await olga.client.patch(`communities/${communityId}`, { description: 'Where we cook' });
    const answer = await olga.client.patch(`communities/${communityId}`, { name: 'Galley' });
    expect(answer.body).toMatchObject({ name: 'Galley', description: 'Where we cook' });
    expect(await seen(ann)).toMatchObject({ name: 'Galley', description: 'Where we cook' });
    expect(told.at(-1)).toMatchObject({
      type: 'community_changed',
      payload: { community: { name: 'Galley' } },
      audience: { communityId },
    });
  });

  test.each([
    { name: '' },
    { name: '\u202eevil' },
    { name: 'x'.repeat(101) },
    { name: 7 },
    { description: 'x'.repeat(1025) },
  ])('is not changed to %j', async (wrong) => {
    const { olga, communityId, seen } = await startKitchen();
    const answer = await olga.client.patch(`communities/${communityId}`, wrong);
    expect(answer.status).toBe(400);
    expect(problemOf(answer).field).toBe(Object.keys(wrong)[0]);
    expect(await seen(olga)).toMatchObject({ name: 'Kitchen', description: '' });
  });

  test('takes every name that its schema takes', async () => {
    const { olga, communityId } = await startKitchen();
    const marked = 'a\u0301\u0323'.repeat(80);
    expect((await olga.client.patch(`communities/${communityId}`, { name: marked })).status).toBe(200);
  });

  test('goes with everything in it, and all who were members are told', async () => {
    const { olga, ann, communityId, told, db } = await startKitchen();
    expect((await olga.client.delete(`communities/${communityId}`)).status).toBe(204);
    expect((await ann.client.get(`communities/${communityId}`)).status).toBe(404);
    expect(await db.selectFrom('channels').select('id').execute()).toEqual([]);
    const last = told.at(-1);
    expect(last?.type).toBe('community_deleted');
    const userIds = last !== undefined && 'userIds' in last.audience ? last.audience.userIds : [];
    expect([...userIds].sort()).toEqual([olga.id, ann.id].sort());
  });

  test('is not deleted by its administrators', async () => {
    const { ann, giveRole, roleNamed, communityId } = await startKitchen();
    await giveRole(ann, (await roleNamed('Administrator')).id);
    expect((await ann.client.patch(`communities/${communityId}`, { name: 'Galley' })).status).toBe(200);
    expect((await ann.client.delete(`communities/${communityId}`)).status).toBe(403);
  });
});

describe('its owner', () => {
  test('gives it to a member, who then may do everything', async () => {
    const { olga, ann, communityId, seen } = await startKitchen();
    expect((await olga.client.post(`communities/${communityId}/owner`, { user_id: ann.id })).status).toBe(
      204,
    );
    expect((await seen(ann)).owner_id).toBe(ann.id);
    expect((await seen(ann)).permissions).toContain('delete_community');
    expect((await seen(olga)).permissions).not.toContain('manage_community');
  });

  test('gives it to nobody who is no member', async () => {
    const { olga, eve, communityId, seen } = await startKitchen();
    for (const user_id of [eve.id, NOT_THERE]) {
      const answer = await olga.client.post(`communities/${communityId}/owner`, { user_id });
      expect(problemOf(answer)).toMatchObject({ status: 422, field: 'user_id' });
    }
    expect((await seen(olga)).owner_id).toBe(olga.id);
  });

  test('alone gives it away, however much another may do', async () => {
    const { ann, giveRole, roleNamed, communityId } = await startKitchen();
    await giveRole(ann, (await roleNamed('Administrator')).id);
    expect((await ann.client.post(`communities/${communityId}/owner`, { user_id: ann.id })).status).toBe(403);
  });
});
