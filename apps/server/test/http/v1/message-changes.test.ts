import { message, messageVersions } from '@parley/contract';
import { expect, test } from 'vitest';
import { startChat } from './chat.js';
import type { Talker } from './chat.js';
import { problemOf } from './client.js';

async function started() {
  const chat = await startChat();
  const said = await chat.say(chat.ann, `Helo <@${chat.bob.id}>`);
  const path = `channels/${chat.general}/messages/${said.id}`;
  const edit = (by: Talker, text: unknown) => by.client.patch(path, { text });
  const remove = (by: Talker) => by.client.delete(path);
  const versions = async (by: Talker) => {
    const answer = await by.client.get(`${path}/versions`);
    expect(answer.status).toBe(200);
    return messageVersions.parse(answer.body).versions.map(({ text }) => text);
  };
  return { ...chat, said, path, edit, remove, versions };
}

test('what one wrote one changes; what it said before is kept, and whom it calls is found anew', async () => {
  const { ann, bob, olga, said, edit, versions, page, told, clock, path, overwrite, general } =
    await started();
  clock.now += 5000;
  const answer = await edit(ann, `Hello <@${olga.id}>`);
  expect(answer.status).toBe(200);
  const changed = message.parse(answer.body);
  expect(changed).toMatchObject({
    id: said.id,
    text: `Hello <@${olga.id}>`,
    mentions: { people: [{ id: olga.id }] },
  });
  expect(changed.edited_at).toBe(new Date(clock.now).toISOString());
  expect((await page(bob)).messages).toEqual([changed]);
  expect(told.at(-1)).toMatchObject({ type: 'message_edited', payload: { id: said.id, text: changed.text } });
  await edit(ann, 'Hello');
  expect(await versions(bob)).toEqual([said.text, changed.text]);
  await overwrite(general, bob, ['view_edit_history']);
  expect((await bob.client.get(`${path}/versions`)).status).toBe(403);
});

test('the same text is no change', async () => {
  const { ann, said, edit, versions, told } = await started();
  const before = told.length;
  expect(message.parse((await edit(ann, said.text)).body).edited_at).toBe(null);
  expect(await versions(ann)).toEqual([]);
  expect(told).toHaveLength(before);
});

test('others do not change it, not even who owns everything', async () => {
  const { olga, ann, bob, eve, edit, texts, said, overwrite, general } = await started();
  for (const other of [olga, bob]) expect((await edit(other, 'Mine')).status).toBe(403);
  expect((await edit(eve, 'Mine')).status).toBe(404);
  expect(problemOf(await edit(ann, ''))).toMatchObject({ status: 400, field: 'text' });
  await overwrite(general, ann, ['send_messages']);
  expect((await edit(ann, 'Quietly')).status).toBe(403);
  expect(await texts(bob)).toEqual([said.text]);
});

test('a deleted message leaves no text, wherever it was', async () => {
  const { ann, bob, said, edit, remove, texts, told, db, general, say, path, send } = await started();
  await edit(ann, 'Secret one');
  await edit(ann, 'Secret two');
  await ann.client.put(`${path}/reactions/${encodeURIComponent('👍')}`, {});
  await bob.client.put(`${path}/saved`, {});
  const forward = { nonce: 'f', from: { channel_id: general, message_id: said.id }, text: 'Look' };
  expect((await bob.client.post(`channels/${general}/forwards`, forward)).status).toBe(201);
  await say(bob, 'An answer', { reply_to_id: said.id });
  expect((await remove(ann)).status).toBe(204);
  expect(await texts(bob)).toEqual(['Look', 'An answer']);
  expect(told.at(-1)).toMatchObject({
    type: 'message_deleted',
    payload: { id: said.id, channel_id: general },
  });
  for (const table of ['messages', 'message_versions', 'forwards', 'reactions', 'saved_messages'] as const) {
    const rows = JSON.stringify(await db.selectFrom(table).selectAll().execute());
    expect(rows, table).not.toMatch(/secret|helo|👍/i);
  }
  const listed = (await bob.client.get(`channels/${general}/messages`)).body;
  expect(listed).toMatchObject({
    messages: [
      { forwarded: { id: said.id, text: '', deleted: true } },
      { reply_to: { text: '', deleted: true } },
    ],
  });
  for (const answer of [await remove(ann), await edit(ann, 'Again'), await ann.client.get(path)]) {
    expect(answer.status).toBe(404);
  }
  expect((await send(bob, 'Hm', { reply_to_id: said.id })).status).toBe(404);
});

test('what others wrote is deleted by who may', async () => {
  const { olga, bob, eve, remove, texts, converse, say, ann } = await started();
  expect((await remove(eve)).status).toBe(404);
  expect((await remove(bob)).status).toBe(403);
  expect((await remove(olga)).status).toBe(204);
  expect(await texts(ann)).toEqual([]);
  const two = await converse(ann, bob);
  const { id } = await say(ann, 'Between us', {}, two);
  expect((await bob.client.delete(`channels/${two}/messages/${id}`)).status).toBe(403);
});

test('sent again after it was deleted it stays deleted', async () => {
  const { ann, send, texts, general } = await started();
  const first = message.parse((await send(ann, 'Oops', { nonce: 'again' })).body);
  await ann.client.delete(`channels/${general}/messages/${first.id}`);
  expect(message.parse((await send(ann, 'Oops', { nonce: 'again' })).body)).toMatchObject({
    id: first.id,
    deleted: true,
  });
  expect(await texts(ann)).toHaveLength(1);
});

test('of an edit and a deletion at once no text is left, whichever comes first', async () => {
  const { ann, edit, remove, texts, db } = await started();
  const answers = await Promise.all([edit(ann, 'Secret'), remove(ann), edit(ann, 'Secret again')]);
  expect(answers[1].status).toBe(204);
  for (const { status } of [answers[0], answers[2]]) expect([200, 404]).toContain(status);
  expect(await texts(ann)).toEqual([]);
  expect(await db.selectFrom('message_versions').selectAll().execute()).toEqual([]);
  expect(await db.selectFrom('message_mentions').selectAll().execute()).toEqual([]);
});

test('a deleted message holds its thread, which counts what is left', async () => {
  const { ann, bob, said, remove, say, page, general, told } = await started();
  const first = await say(bob, 'One', { thread_id: said.id });
  const second = await say(bob, 'Two', { thread_id: said.id });
  await remove(ann);
  expect((await page(ann)).messages).toMatchObject([
    { id: said.id, deleted: true, text: '', thread: { reply_count: 2 } },
  ]);
  await bob.client.delete(`channels/${general}/messages/${second.id}`);
  const thread = { reply_count: 1, last_reply_at: first.created_at };
  expect((await page(ann)).messages).toMatchObject([{ thread }]);
  expect(told.at(-1)).toMatchObject({ type: 'thread_changed', payload: { thread_id: said.id, thread } });
  await bob.client.delete(`channels/${general}/messages/${first.id}`);
  expect((await page(ann)).messages).toEqual([]);
});
