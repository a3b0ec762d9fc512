import { conversation, message, ownConversations } from '@parley/contract';
import { describe, expect, test } from 'vitest';
import { problemOf } from './client.js';
import type { Answer } from './client.js';
import { NOT_THERE, startKitchen, statusesOf } from './kitchen.js';
import type { Person } from './kitchen.js';

const open = (by: Person, to: { id: string }) => by.client.post('conversations/direct', { user_id: to.id });
const listOf = async ({ client }: Person) =>
  ownConversations.parse((await client.get('conversations')).body).conversations;
const idOf = (answer: Answer) => conversation.parse(answer.body).id;

describe('a conversation of two', () => {
  test('is begun once, whoever begins it and however often, also at the same moment', async () => {
    const { olga, ann, told } = await startKitchen();
    const answers = await Promise.all([open(olga, ann), open(ann, olga), open(olga, ann)]);
    expect(statusesOf(answers)).toEqual([200, 200, 200]);
    expect(new Set(answers.map(idOf)).size).toBe(1);
    const [listed, ...others] = await listOf(ann);
    expect(others).toEqual([]);
    expect(listed).toMatchObject({ kind: 'direct', name: '' });
    expect(listed?.members.map(({ user_name }) => user_name).sort()).toEqual(['ann', 'olga']);
    expect(listed?.permissions).toContain('send_messages');
    const opened = told.filter(({ type }) => type === 'conversation_opened');
    expect(opened).toHaveLength(1);
  });

  test('stands first in the list when something was written in it last', async () => {
    const { olga, ann, join, person, clock } = await startKitchen();
    const bob = await join(await person('bob'));
    const ids = [];
    for (const other of [ann, bob]) {
      clock.now += 1000;
      ids.push(idOf(await open(olga, other)));
    }
    const order = async () => (await listOf(olga)).map(({ id }) => id);
    expect(await order()).toEqual(ids.toReversed());
    clock.now += 1000;
    const sent = await ann.client.post(`channels/${ids[0]}/messages`, { text: 'Hello', nonce: 'one' });
    expect(await order()).toEqual(ids);
    expect((await listOf(olga))[0]?.last_id).toBe(message.parse(sent.body).id);
  });

  test('is not for others, who do not learn of it', async () => {
    const { olga, ann, eve } = await startKitchen();
    const id = idOf(await open(olga, ann));
    expect(await listOf(eve)).toEqual([]);
    const hidden = await eve.client.post(`conversations/${id}/leave`, {});
    const missing = await eve.client.post(`conversations/${NOT_THERE}/leave`, {});
    expect(problemOf(hidden)).toMatchObject({ status: 404 });
    expect(problemOf(hidden)).toEqual(problemOf(missing));
  });

  test('stays one of two', async () => {
    const { olga, ann, join, person } = await startKitchen();
    const bob = await join(await person('bob'));
    const id = idOf(await open(olga, ann));
    const answers = [
      await olga.client.put(`conversations/${id}/members/${bob.id}`, {}),
      await olga.client.patch(`conversations/${id}`, { name: 'x' }),
      await olga.client.post(`conversations/${id}/leave`, {}),
    ];
    expect(statusesOf(answers)).toEqual([409, 409, 409]);
  });

  test('is not begun with a stranger, with nobody, or with oneself', async () => {
    const { olga, eve } = await startKitchen();
    const stranger = await open(olga, eve);
    const nobody = await open(olga, { id: NOT_THERE });
    expect(stranger.status).toBe(404);
    expect(problemOf(stranger)).toEqual(problemOf(nobody));
    expect(problemOf(await open(olga, olga))).toMatchObject({ status: 422, field: 'user_id' });
    expect(problemOf(await open(olga, { id: olga.id.toUpperCase() }))).toMatchObject({ status: 422 });
  });

  test('is not begun with who has blocked one, who is told the same as of who writes with friends alone', async () => {
    const { olga, ann, join, person } = await startKitchen();
    const bob = await join(await person('bob'));
    await ann.client.put(`blocks/${olga.id}`, {});
    await bob.client.patch('me/profile', { direct_messages_from: 'friends' });
    const [blocked, closed] = [await open(olga, ann), await open(olga, bob)];
    expect(blocked.status).toBe(403);
    expect(problemOf(blocked)).toEqual(problemOf(closed));
    expect((await open(ann, olga)).status).toBe(409);
    await ann.client.delete(`blocks/${olga.id}`);
    expect((await open(olga, ann)).status).toBe(200);
    await olga.client.post('friend-requests', { user_name: 'bob' });
    await bob.client.put(`friends/${olga.id}`, {});
    expect((await open(olga, bob)).status).toBe(200);
  });

  test('can only be read once one has blocked the other', async () => {
    const { olga, ann, told } = await startKitchen();
    const id = idOf(await open(olga, ann));
    await ann.client.put(`blocks/${olga.id}`, {});
    for (const who of [olga, ann]) {
      const [listed] = await listOf(who);
      expect(listed?.permissions).toContain('read_history');
      expect(listed?.permissions).not.toContain('send_messages');
    }
    expect(told).toContainEqual(expect.objectContaining({ type: 'conversation_changed' }));
    expect(idOf(await open(olga, ann))).toBe(id);
    await ann.client.delete(`blocks/${olga.id}`);
    expect((await listOf(olga))[0]?.permissions).toContain('send_messages');
  });
});

describe('a group', () => {
  test('has a name, members who come and go, and ends with the last', async () => {
    const { olga, ann, join, person, db } = await startKitchen();
    const [bob, cem] = [await join(await person('bob')), await join(await person('cem'))];
    const made = await olga.client.post('conversations/group', {
      name: 'Menu',
      user_ids: [ann.id, bob.id, ann.id],
    });
    expect(made.status).toBe(201);
    const id = idOf(made);
    expect(conversation.parse(made.body)).toMatchObject({ kind: 'group', name: 'Menu' });
    expect((await bob.client.patch(`conversations/${id}`, { name: '' })).body).toMatchObject({ name: '' });
    for (let time = 0; time < 2; time += 1) {
      const added = await ann.client.put(`conversations/${id}/members/${cem.id}`, {});
      expect(conversation.parse(added.body).members).toHaveLength(4);
    }
    expect((await listOf(cem))[0]?.id).toBe(id);
    for (const who of [olga, ann, bob, cem]) {
      expect((await who.client.post(`conversations/${id}/leave`, {})).status).toBe(204);
      expect(await listOf(who)).toEqual([]);
    }
    expect(await db.selectFrom('channels').select('id').where('id', '=', id).execute()).toEqual([]);
  });

  test('has ten members at most, however many add the last at once', async () => {
    const { olga, ann, join, person } = await startKitchen();
    const people = [];
    for (let at = 0; at < 9; at += 1) people.push(await join(await person(`guest${at}`)));
    const ids = people.map(({ id }) => id);
    const made = await olga.client.post('conversations/group', { user_ids: ids.slice(0, 8) });
    const id = idOf(made);
    const answers = await Promise.all(
      [ann.id, ...ids.slice(8)].map((userId) => olga.client.put(`conversations/${id}/members/${userId}`, {})),
    );
    expect(statusesOf(answers).sort()).toEqual([200, 409]);
    const many = await olga.client.post('conversations/group', { user_ids: [...ids, ann.id] });
    expect(problemOf(many)).toMatchObject({ status: 400, field: 'user_ids' });
  });

  test('is not made with who has blocked one, nor entered by who is not in it', async () => {
    const { olga, ann, eve, join, person } = await startKitchen();
    const bob = await join(await person('bob'));
    await ann.client.put(`blocks/${olga.id}`, {});
    expect((await olga.client.post('conversations/group', { user_ids: [ann.id, bob.id] })).status).toBe(403);
    expect((await olga.client.post('conversations/group', { user_ids: [bob.id, eve.id] })).status).toBe(404);
    const id = idOf(await olga.client.post('conversations/group', { user_ids: [bob.id] }));
    expect((await olga.client.put(`conversations/${id}/members/${ann.id}`, {})).status).toBe(403);
    expect((await ann.client.put(`conversations/${id}/members/${ann.id}`, {})).status).toBe(404);
    expect((await ann.client.patch(`conversations/${id}`, { name: 'Mine' })).status).toBe(404);
  });

  test('is one of 200 of one person at most', async () => {
    const { olga, ann, db, clock } = await startKitchen();
    const created_at = new Date(clock.now);
    const rows = Array.from({ length: 200 }, (_, at) => ({
      ...{ id: NOT_THERE.replace(/...$/, `${at + 100}`), kind: 'group' as const, name: '' },
      ...{ archived_at: null, created_at },
    }));
    await db.insertInto('channels').values(rows).execute();
    await db
      .insertInto('channel_members')
      .values(rows.map(({ id }) => ({ channel_id: id, user_id: ann.id, joined_at: created_at })))
      .execute();
    const answer = await olga.client.post('conversations/group', { user_ids: [ann.id] });
    expect(problemOf(answer)).toMatchObject({ status: 409, code: 'limit_reached' });
  });
});
