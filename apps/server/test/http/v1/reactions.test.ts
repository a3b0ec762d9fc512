import { reacting } from '@parley/contract';
import { expect, test } from 'vitest';
import { NOT_THERE, startChat } from './chat.js';
import type { Talker } from './chat.js';
import { problemOf } from './client.js';

async function started() {
  const chat = await startChat();
  const { id } = await chat.say(chat.ann, 'Soup?');
  const path = (emoji: string, message = id) =>
    `channels/${chat.general}/messages/${message}/reactions/${encodeURIComponent(emoji)}`;
  const react = async (by: Talker, emoji: string, message = id) => {
    chat.clock.now += 1000;
    return by.client.put(path(emoji, message), {});
  };
  const reactions = async (by: Talker) => (await chat.page(by)).messages[0]?.reactions;
  return { ...chat, id, path, react, reactions };
}

test('people react, once with each emoji, and see who did', async () => {
  const { olga, ann, bob, react, reactions, path, told, id } = await started();
  for (const [by, emoji] of [
    [ann, '👍'],
    [bob, '🇩🇪'],
    [bob, '👍'],
    [bob, '👍'],
    [olga, '👨‍👩‍👧'],
  ] as const) {
    expect((await react(by, emoji)).status).toBe(204);
  }
  expect(await reactions(ann)).toEqual([
    { emoji: '👍', count: 2, mine: true },
    { emoji: '🇩🇪', count: 1, mine: false },
    { emoji: '👨‍👩‍👧', count: 1, mine: false },
  ]);
  const added = told.filter(({ type }) => type === 'reaction_added');
  expect(added).toHaveLength(4);
  expect(added[0]).toMatchObject({ payload: { message_id: id, emoji: '👍', user_id: ann.id } });
  const first = reacting.parse((await olga.client.get(`${path('👍')}?limit=1`)).body);
  expect(first).toEqual({ people: [{ id: ann.id, name: 'ann' }], next: ann.id });
  const rest = reacting.parse((await olga.client.get(`${path('👍')}?after=${first.next}`)).body);
  expect(rest).toEqual({ people: [{ id: bob.id, name: 'bob' }], next: null });
});

test('one takes one\u2019s own away, and others\u2019 with the permission', async () => {
  const { olga, ann, bob, react, reactions, path, told } = await started();
  await react(ann, '👍');
  await react(bob, '👍');
  expect((await ann.client.delete(`${path('👍')}/${bob.id}`)).status).toBe(403);
  expect((await ann.client.delete(path('👍'))).status).toBe(204);
  expect((await ann.client.delete(path('👍'))).status).toBe(204);
  expect(await reactions(ann)).toEqual([{ emoji: '👍', count: 1, mine: false }]);
  expect((await olga.client.delete(`${path('👍')}/${bob.id}`)).status).toBe(204);
  expect(await reactions(ann)).toEqual([]);
  expect(told.filter(({ type }) => type === 'reaction_removed')).toHaveLength(2);
});

test('what is no emoji, and no message, is not reacted with or to', async () => {
  const { ann, eve, react, reactions } = await started();
  for (const emoji of ['x', '👍👍', '1', ' ', '<', '👍x'])
    expect((await react(ann, emoji)).status, emoji).toBe(404);
  expect((await react(ann, '👍', NOT_THERE)).status).toBe(404);
  expect((await react(eve, '👍')).status).toBe(404);
  expect((await react(ann, '❤')).status).toBe(204);
  expect(await reactions(ann)).toMatchObject([{ emoji: '❤\ufe0f' }]);
});

test('beginning takes a permission, joining in does not, and who may only read does neither', async () => {
  const { olga, ann, bob, react, overwrite, general, db, clock } = await started();
  await overwrite(general, ann, ['add_reactions']);
  expect((await react(ann, '👍')).status).toBe(403);
  await react(bob, '👍');
  expect((await react(ann, '👍')).status).toBe(204);
  const timed_out_until = new Date(clock.now + 60_000);
  await db.updateTable('members').set({ timed_out_until }).where('user_id', '=', ann.id).execute();
  await react(bob, '🎉');
  expect((await react(ann, '🎉')).status).toBe(403);
  await db
    .updateTable('channels')
    .set({ archived_at: new Date(clock.now) })
    .where('id', '=', general)
    .execute();
  for (const anyone of [olga, bob]) expect((await react(anyone, '👍')).status).toBe(403);
});

test('below a message stand twenty different emoji, however many at once', async () => {
  const { ann, bob, react, reactions } = await started();
  const faces = Array.from({ length: 21 }, (_, number) => String.fromCodePoint(0x1f600 + number));
  for (const face of faces.slice(0, 19)) expect((await react(ann, face)).status).toBe(204);
  const answers = await Promise.all([react(ann, faces[19]!), react(bob, faces[20]!)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
  expect(problemOf(answers.find(({ status }) => status === 409)!).code).toBe('limit_reached');
  expect((await react(bob, faces[0]!)).status).toBe(204);
  expect(await reactions(ann)).toHaveLength(20);
});

test('who reacts too often waits', async () => {
  const { ann, path, clock } = await started();
  clock.now += 60_000;
  const statuses = [];
  for (let time = 0; time < 21; time += 1) statuses.push((await ann.client.put(path('👍'), {})).status);
  expect(statuses.slice(0, 20).every((status) => status === 204)).toBe(true);
  expect(statuses[20]).toBe(429);
});
