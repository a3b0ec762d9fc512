import { foundPeople, profile, relations, relationTo, seenPerson } from '@parley/contract';
import { describe, expect, test } from 'vitest';
import { problemOf } from './client.js';
import { NOT_THERE, startKitchen, statusesOf } from './kitchen.js';
import type { Person } from './kitchen.js';

const ask = (by: Person, user_name: string) => by.client.post('friend-requests', { user_name });
const see = (by: Person, id: string) => by.client.get(`people/${id}`);

async function relationsOf({ client }: Person) {
  const lists = relations.parse((await client.get('relations')).body);
  const names = (people: { user_name: string }[]) => people.map(({ user_name }) => user_name);
  return {
    ...{ friends: names(lists.friends), incoming: names(lists.incoming) },
    ...{ outgoing: names(lists.outgoing), blocked: names(lists.blocked) },
  };
}

const NOBODY = { friends: [], incoming: [], outgoing: [], blocked: [] };

describe('friends', () => {
  test('become who is asked by name and accepts; both are told', async () => {
    const { ann, eve, told } = await startKitchen();
    expect(relationTo.parse((await ask(ann, 'EVE')).body)).toMatchObject({
      relation: 'outgoing',
      person: { id: eve.id },
    });
    expect(told).toMatchObject([
      {
        type: 'relation_changed',
        payload: { person: { id: ann.id }, relation: 'incoming' },
        audience: { userIds: [eve.id] },
      },
      {
        type: 'relation_changed',
        payload: { person: { id: eve.id }, relation: 'outgoing' },
        audience: { userIds: [ann.id] },
      },
    ]);
    expect(await relationsOf(eve)).toEqual({ ...NOBODY, incoming: ['ann'] });
    expect((await ann.client.put(`friends/${eve.id}`, {})).status).toBe(404);
    expect((await eve.client.put(`friends/${ann.id}`, {})).body).toMatchObject({ relation: 'friend' });
    for (const [who, other] of [
      [ann, 'eve'],
      [eve, 'ann'],
    ] as const) {
      expect(await relationsOf(who)).toEqual({ ...NOBODY, friends: [other] });
    }
  });

  test('are two who ask each other, also at the same moment', async () => {
    const { ann, eve } = await startKitchen();
    const answers = await Promise.all([ask(ann, 'eve'), ask(eve, 'ann'), ask(ann, 'eve')]);
    expect(statusesOf(answers)).toEqual([200, 200, 200]);
    expect(await relationsOf(ann)).toEqual({ ...NOBODY, friends: ['eve'] });
  });

  test('are no more when one ends it; requests are refused and taken back', async () => {
    const { ann, eve } = await startKitchen();
    for (const [asking, ending] of [
      [ann, ann],
      [ann, eve],
    ] as const) {
      await ask(asking, 'eve');
      const other = ending === ann ? eve : ann;
      expect((await ending.client.delete(`friends/${other.id}`)).status).toBe(204);
      expect(await relationsOf(eve)).toEqual(NOBODY);
      expect((await ending.client.delete(`friends/${other.id}`)).status).toBe(404);
    }
    await ask(ann, 'eve');
    await ask(eve, 'ann');
    await eve.client.delete(`friends/${ann.id}`);
    expect(await relationsOf(ann)).toEqual(NOBODY);
  });

  test('are neither oneself nor nobody', async () => {
    const { ann } = await startKitchen();
    expect(problemOf(await ask(ann, 'ann'))).toMatchObject({ status: 422, field: 'user_name' });
    expect(problemOf(await ask(ann, 'nobody'))).toMatchObject({ status: 404, field: 'user_name' });
    expect(problemOf(await ann.client.post('friend-requests', { user_name: 7 }))).toMatchObject({
      status: 400,
    });
  });

  test('are asked a hundred at a time', async () => {
    const { ann, eve, person, db, clock } = await startKitchen();
    const asked = [];
    for (let at = 0; at < 100; at += 1) asked.push(await person(`guest${at}`));
    const requested_at = new Date(clock.now);
    await db
      .insertInto('friendships')
      .values(
        asked.map(({ id }) => ({ requester_id: ann.id, addressee_id: id, requested_at, accepted_at: null })),
      )
      .execute();
    expect(problemOf(await ask(ann, 'eve'))).toMatchObject({ status: 409, code: 'limit_reached' });
    expect(await relationsOf(eve)).toEqual(NOBODY);
  });
});

describe('a block', () => {
  test('ends a friendship, and hides requests, of which who asks learns nothing', async () => {
    const { ann, eve, told } = await startKitchen();
    await ask(ann, 'eve');
    await eve.client.put(`friends/${ann.id}`, {});
    expect((await eve.client.put(`blocks/${ann.id}`, {})).body).toMatchObject({ relation: 'blocked' });
    expect(await relationsOf(ann)).toEqual(NOBODY);
    expect(await relationsOf(eve)).toEqual({ ...NOBODY, blocked: ['ann'] });
    told.length = 0;
    expect((await ask(ann, 'eve')).body).toMatchObject({ relation: 'outgoing' });
    expect(await relationsOf(ann)).toEqual({ ...NOBODY, outgoing: ['eve'] });
    expect(await relationsOf(eve)).toEqual({ ...NOBODY, blocked: ['ann'] });
    expect(told.map(({ audience }) => audience)).toEqual([{ userIds: [ann.id] }]);
    expect((await eve.client.put(`friends/${ann.id}`, {})).status).toBe(404);
    expect((await ask(eve, 'ann')).status).toBe(409);
    expect((await eve.client.delete(`blocks/${ann.id}`)).status).toBe(204);
    expect((await eve.client.delete(`blocks/${ann.id}`)).status).toBe(404);
    expect(await relationsOf(eve)).toEqual({ ...NOBODY, incoming: ['ann'] });
  });

  test('tells nothing to who is blocked and was nobody in particular', async () => {
    const { ann, eve, told } = await startKitchen();
    for (let time = 0; time < 2; time += 1)
      expect((await eve.client.put(`blocks/${ann.id}`, {})).status).toBe(200);
    expect(told.flatMap(({ audience }) => ('userIds' in audience ? audience.userIds : []))).toEqual([
      eve.id,
      eve.id,
    ]);
  });

  test('is of somebody else who is there', async () => {
    const { ann } = await startKitchen();
    expect((await ann.client.put(`blocks/${ann.id}`, {})).status).toBe(422);
    expect((await ann.client.put(`blocks/${NOT_THERE}`, {})).status).toBe(404);
    expect((await ann.client.put('blocks/x', {})).status).toBe(404);
  });
});

describe('a profile', () => {
  test('changes what is asked for; its status ends by itself; who knows them is told', async () => {
    const { ann, olga, clock, communityId, told } = await startKitchen();
    const change = (body: object) => ann.client.patch('me/profile', body);
    await change({ display_name: 'Ann Baker' });
    const changed = await change({ status: { text: 'Baking', emoji: '🥖', expires_in: 3600 } });
    const until = new Date(clock.now + 3_600_000).toISOString();
    expect(profile.parse(changed.body)).toMatchObject({
      ...{ id: ann.id, user_name: 'ann', display_name: 'Ann Baker', direct_messages_from: 'members' },
      status: { text: 'Baking', emoji: '🥖', until },
    });
    expect(told.slice(-2)).toMatchObject([
      {
        type: 'profile_changed',
        payload: { person: { display_name: 'Ann Baker' } },
        audience: { userIds: [ann.id] },
      },
      { type: 'profile_changed', audience: { communityId, may: 'view_members' } },
    ]);
    expect(told.at(-1)?.payload).not.toHaveProperty('person.direct_messages_from');
    expect(seenPerson.parse((await see(olga, ann.id)).body).person.status?.text).toBe('Baking');
    clock.now += 3_600_000;
    expect(seenPerson.parse((await see(olga, ann.id)).body).person.status).toBe(null);
    await change({ display_name: null, direct_messages_from: 'friends' });
    expect((await ann.client.get('me/profile')).body).toMatchObject({
      ...{ display_name: null, direct_messages_from: 'friends', status: null },
    });
  });

  test.each([
    [{ display_name: '' }, 'display_name'],
    [{ display_name: '\u202eeve' }, 'display_name'],
    [{ status: { text: 'x'.repeat(129), emoji: null, expires_in: null } }, 'status.text'],
    [{ status: { text: null, emoji: 'ab', expires_in: null } }, 'status.emoji'],
    [{ status: { text: null, emoji: null, expires_in: 1 } }, 'status.expires_in'],
    [{ direct_messages_from: 'nobody' }, 'direct_messages_from'],
  ])('is not changed to %j', async (wrong, field) => {
    const { ann } = await startKitchen();
    expect(problemOf(await ann.client.patch('me/profile', wrong))).toMatchObject({ status: 400, field });
  });

  test('is seen by who knows them from somewhere, and for others there is nobody', async () => {
    const { olga, ann, eve, communityId } = await startKitchen();
    expect(seenPerson.parse((await see(olga, ann.id)).body)).toMatchObject({
      relation: null,
      common_communities: [communityId],
    });
    expect((await see(eve, eve.id)).status).toBe(200);
    const hidden = await see(eve, ann.id);
    expect(hidden.status).toBe(404);
    expect(problemOf(hidden)).toEqual(problemOf(await see(eve, NOT_THERE)));
    await ask(ann, 'eve');
    expect((await see(eve, ann.id)).body).toMatchObject({ relation: 'incoming', common_communities: [] });
    await eve.client.put(`friends/${ann.id}`, {});
    await ann.client.post('conversations/direct', { user_id: eve.id });
    await ann.client.delete(`friends/${eve.id}`);
    expect((await see(eve, ann.id)).body).toMatchObject({ relation: null, common_communities: [] });
  });
});

describe('people to write to', () => {
  const find = async ({ client }: Person, query = '') => {
    const answer = await client.get(`people${query}`);
    return foundPeople.parse(answer.body).people.map(({ user_name }) => user_name);
  };

  test('are friends and members of common communities, found by any word of their names', async () => {
    const { olga, ann, eve, join, person } = await startKitchen();
    const bob = await join(await person('bob'));
    await bob.client.patch('me/profile', { display_name: 'Robert Ångström' });
    expect(await find(ann)).toEqual(['bob', 'olga']);
    await ask(ann, 'eve');
    expect(await find(ann)).toEqual(['bob', 'olga']);
    await ask(eve, 'ann');
    expect(await find(ann)).toEqual(['bob', 'eve', 'olga']);
    for (const query of ['B', 'ro', 'ÅNG']) {
      expect(await find(ann, `?query=${encodeURIComponent(query)}`)).toEqual(['bob']);
    }
    expect(await find(ann, '?query=gstr')).toEqual([]);
    expect(await find(eve)).toEqual(['ann']);
    await ann.client.put(`blocks/${olga.id}`, {});
    expect(await find(ann)).toEqual(['bob', 'eve']);
    expect((await ann.client.get(`people?query=${'x'.repeat(65)}`)).status).toBe(400);
  });

  test('are nobody in a community whose members one may not see', async () => {
    const { ann, db, communityId } = await startKitchen();
    await db
      .updateTable('roles')
      .set({ permissions: ['view_community'] })
      .where('community_id', '=', communityId)
      .where('position', '=', 0)
      .execute();
    expect(await find(ann)).toEqual([]);
  });
});
