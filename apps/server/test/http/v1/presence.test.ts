import { presences } from '@parley/contract';
import type { Availability, Presence } from '@parley/contract';
import type { WorkspaceEvent } from '@parley/workspace';
import { describe, expect, test } from 'vitest';
import { problemOf } from './client.js';
import { NOT_THERE, startKitchen } from './kitchen.js';
import type { Kitchen, Person } from './kitchen.js';

const GRACE = 30_000;

/** The kitchen, in which people come and go. */
async function start() {
  const kitchen = await startKitchen();
  const { presence, clock, told } = kitchen;
  const come = (who: Person, active = true) => presence.connected(who.id, `${who.name}'s desk`, active);
  const go = (who: Person) => presence.disconnected(who.id, `${who.name}'s desk`);
  const want = (who: Person, availability: Availability) =>
    who.client.put('me/availability', { availability });
  const look = async (by: Person, ...people: { id: string }[]): Promise<Presence[]> => {
    const answer = await by.client.get(`presence?user_ids=${people.map(({ id }) => id).join()}`);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return presences.parse(answer.body).people.map((one) => one.presence);
  };
  /** What is told, and to whom, once the clock has moved. */
  const news = async (later = 0): Promise<WorkspaceEvent[]> => {
    told.length = 0;
    clock.now += later;
    await presence.tell();
    return [...told];
  };
  return { ...kitchen, come, go, want, look, news };
}

async function befriend({ ann, eve }: Kitchen): Promise<void> {
  await ann.client.post('friend-requests', { user_name: 'eve' });
  await eve.client.post('friend-requests', { user_name: 'ann' });
}

describe('who is there', () => {
  test('is seen by members of common communities, friends and who is in a conversation, by nobody else', async () => {
    const kitchen = await start();
    const { olga, ann, eve, come, look } = kitchen;
    await come(ann);
    expect(await look(olga, ann, olga)).toEqual(['online', 'offline']);
    expect(await look(eve, ann, { id: NOT_THERE })).toEqual(['offline', 'offline']);
    await befriend(kitchen);
    expect(await look(eve, ann)).toEqual(['online']);
    await eve.client.delete(`friends/${ann.id}`);
    expect(await look(eve, ann)).toEqual(['offline']);
  });

  test('is nobody to whom they have blocked, and to whom may not see members', async () => {
    const { olga, ann, come, look, db, communityId } = await start();
    await come(ann);
    await ann.client.put(`blocks/${olga.id}`, {});
    expect(await look(olga, ann)).toEqual(['offline']);
    expect(await look(ann, ann)).toEqual(['online']);
    await ann.client.delete(`blocks/${olga.id}`);
    expect(await look(olga, ann)).toEqual(['online']);
    await db
      .updateTable('roles')
      .set({ permissions: ['view_community'] })
      .where('community_id', '=', communityId)
      .where('position', '=', 0)
      .execute();
    await come(olga);
    expect(await look(ann, olga)).toEqual(['offline']);
  });

  test('is away or not to be disturbed as they say, and offline where they are invisible', async () => {
    const { olga, ann, come, want, look } = await start();
    await come(ann, false);
    expect(await look(olga, ann)).toEqual(['away']);
    await want(ann, 'do_not_disturb');
    expect(await look(olga, ann)).toEqual(['do_not_disturb']);
    await want(ann, 'invisible');
    expect(await look(olga, ann)).toEqual(['offline']);
    expect((await ann.client.get('me/profile')).body).toMatchObject({ availability: 'invisible' });
  });

  test.each(['', 'user_ids=', 'user_ids=x', `user_ids=${Array(101).fill(NOT_THERE).join()}`])(
    'is not told for %s',
    async (query) => {
      const { ann } = await startKitchen();
      expect(problemOf(await ann.client.get(`presence?${query}`))).toMatchObject({ field: 'user_ids' });
    },
  );

  test('is told with as many queries for many as for one', async () => {
    const { olga, ann, person, join, come, look, queries, news } = await start();
    const others = [ann, await join(await person('bob')), await join(await person('cem'))];
    await come(ann);
    queries.length = 0;
    await look(olga, ann);
    await news();
    const few = queries.length;
    for (const one of others.slice(1)) await come(one);
    queries.length = 0;
    expect(await look(olga, ...others)).toEqual(['online', 'online', 'online']);
    await news();
    expect(queries.length).toBe(few);
    expect(few).toBeLessThan(20);
  });
});

describe('news of who is there', () => {
  test('are one event for a community, however many come at once', async () => {
    const { ann, person, join, communityId, come, news } = await start();
    const people = [ann];
    for (let at = 0; at < 30; at += 1) people.push(await join(await person(`guest${at}`)));
    for (const one of people) await come(one);
    const told = await news();
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      type: 'presence_changed',
      audience: { communityId, may: 'view_members' },
      payload: { people: people.map(({ id }) => ({ user_id: id, presence: 'online' })) },
    });
    expect(await news()).toEqual([]);
  });

  test('are none of a reload, and one of who stays away', async () => {
    const { ann, come, go, news } = await start();
    await come(ann);
    await news();
    await go(ann);
    expect(await news(GRACE - 1)).toEqual([]);
    await come(ann);
    expect(await news(GRACE)).toEqual([]);
    await go(ann);
    expect(await news(GRACE)).toMatchObject([{ payload: { people: [{ presence: 'offline' }] } }]);
  });

  test('go to friends, and not to whom they have blocked', async () => {
    const kitchen = await start();
    const { olga, ann, eve, come, news, communityId } = kitchen;
    await befriend(kitchen);
    await ann.client.put(`blocks/${olga.id}`, {});
    await come(ann);
    expect((await news()).map(({ audience }) => audience)).toEqual([
      { communityId, may: 'view_members', except: [olga.id] },
      { userIds: [eve.id] },
    ]);
  });

  test('are none of who is invisible, whatever they do', async () => {
    const { ann, db, come, go, want, news, told } = await start();
    await want(ann, 'invisible');
    await come(ann);
    expect(await news()).toEqual([]);
    await come(ann, false);
    await go(ann);
    expect(await news(2 * GRACE)).toEqual([]);
    const { id } = await db
      .selectFrom('channels')
      .select('id')
      .where('name', '=', 'general')
      .executeTakeFirstOrThrow();
    expect((await ann.client.post(`channels/${id}/typing`, {})).status).toBe(204);
    expect(told).toEqual([]);
    await want(ann, 'available');
    expect((await ann.client.post(`channels/${id}/typing`, {})).status).toBe(204);
    expect(told.at(-1)).toMatchObject({ type: 'typing' });
  });

  test('tell all devices of who changes it what they are to be seen as', async () => {
    const { ann, want, told, come, news } = await start();
    await come(ann);
    await news();
    told.length = 0;
    await want(ann, 'do_not_disturb');
    expect(told).toMatchObject([
      {
        type: 'availability_changed',
        payload: { availability: 'do_not_disturb' },
        audience: { userIds: [ann.id] },
      },
    ]);
    expect(await news()).toMatchObject([{ payload: { people: [{ presence: 'do_not_disturb' }] } }]);
    expect((await ann.client.put('me/availability', { availability: 'gone' })).status).toBe(400);
  });

  test('go to two who are friends now, and to who is blocked as if the other had left', async () => {
    const kitchen = await start();
    const { ann, eve, come, presence, told } = kitchen;
    await come(ann);
    await befriend(kitchen);
    told.length = 0;
    await presence.relationChanged(ann.id, eve.id);
    expect(told).toMatchObject([
      { payload: { people: [{ user_id: ann.id, presence: 'online' }] }, audience: { userIds: [eve.id] } },
    ]);
    await ann.client.put(`blocks/${eve.id}`, {});
    told.length = 0;
    await presence.relationChanged(ann.id, eve.id);
    expect(told).toMatchObject([
      { payload: { people: [{ presence: 'offline' }] }, audience: { userIds: [eve.id] } },
    ]);
  });
});
