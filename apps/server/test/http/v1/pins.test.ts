import { pins, savedPage } from '@parley/contract';
import { expect, test } from 'vitest';
import { NOT_THERE, startChat } from './chat.js';
import type { Talker } from './chat.js';
import { problemOf } from './client.js';

async function started() {
  const chat = await startChat();
  const pin = (by: Talker, id: string) => by.client.put(`channels/${chat.general}/pins/${id}`, {});
  const pinned = async (by: Talker) => {
    const { body } = await by.client.get(`channels/${chat.general}/pins`);
    return pins.parse(body).pins.map(({ message }) => message.text);
  };
  const save = (by: Talker, id: string, channelId = chat.general) =>
    by.client.put(`channels/${channelId}/messages/${id}/saved`, {});
  const saved = async (by: Talker, query = '') =>
    savedPage.parse((await by.client.get(`me/saved${query}`)).body);
  return { ...chat, pin, pinned, save, saved };
}

test('what is pinned is listed for all, the last first, and told once', async () => {
  const { olga, ann, say, pin, pinned, page, told, clock, general } = await started();
  const [one, two] = [await say(ann, 'One'), await say(ann, 'Two')];
  for (const { id } of [one, two, one]) {
    clock.now += 1000;
    expect((await pin(olga, id)).status).toBe(204);
  }
  expect(await pinned(ann)).toEqual(['Two', 'One']);
  expect((await page(ann)).messages).toMatchObject([{ pinned: true }, { pinned: true }]);
  expect(told.filter(({ type }) => type === 'message_pinned')).toHaveLength(2);
  for (let time = 0; time < 2; time += 1) {
    expect((await olga.client.delete(`channels/${general}/pins/${one.id}`)).status).toBe(204);
  }
  expect(await pinned(ann)).toEqual(['Two']);
  expect(told.filter(({ type }) => type === 'message_unpinned')).toHaveLength(1);
});

test('pinning is for who may, and of what is there', async () => {
  const { olga, ann, eve, say, pin, pinned, general, addChannel } = await started();
  const { id } = await say(ann, 'One');
  const elsewhere = await say(ann, 'Two', {}, await addChannel('other'));
  expect((await pin(ann, id)).status).toBe(403);
  expect((await ann.client.delete(`channels/${general}/pins/${id}`)).status).toBe(403);
  expect((await pin(eve, id)).status).toBe(404);
  expect((await eve.client.get(`channels/${general}/pins`)).status).toBe(404);
  for (const other of [elsewhere.id, NOT_THERE]) expect((await pin(olga, other)).status).toBe(404);
  expect(await pinned(ann)).toEqual([]);
});

test('fifty are pinned, however many at once, and no more', async () => {
  const { olga, ann, say, pin, pinned, db, general } = await started();
  const rows = [];
  for (let number = 0; number < 49; number += 1) {
    const { id } = await say(ann, String(number));
    rows.push({ message_id: id, channel_id: general, pinned_by: olga.id, pinned_at: new Date(number) });
  }
  await db.insertInto('pins').values(rows).execute();
  const last = [await say(ann, 'a'), await say(ann, 'b')];
  const answers = await Promise.all(last.map(({ id }) => pin(olga, id)));
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
  const refused = answers.find(({ status }) => status === 409)!;
  expect(problemOf(refused).code).toBe('limit_reached');
  expect(await pinned(ann)).toHaveLength(50);
});

test('what one saves is one\u2019s own, and goes with the right to read it', async () => {
  const { ann, bob, say, save, saved, page, addChannel, overwrite, clock, general, told } = await started();
  const other = await addChannel('other');
  const [one, two] = [await say(bob, 'One'), await say(bob, 'Two', {}, other)];
  for (const [{ id }, channelId] of [
    [one, general],
    [two, other],
    [one, general],
  ] as const) {
    clock.now += 1000;
    expect((await save(ann, id, channelId)).status).toBe(204);
  }
  const texts = async (query = '') => (await saved(ann, query)).messages.map(({ text }) => text);
  expect(await texts()).toEqual(['Two', 'One']);
  expect((await saved(bob)).messages).toEqual([]);
  expect((await page(ann)).messages).toMatchObject([{ saved: true }]);
  expect((await page(bob)).messages).toMatchObject([{ saved: false }]);
  expect(told.filter(({ type }) => type === 'saved_changed')).toHaveLength(2);
  const { next } = await saved(ann, '?limit=1');
  expect(await texts(`?limit=1&before=${next}`)).toEqual(['One']);
  await overwrite(other, ann, ['view_channel']);
  expect(await texts()).toEqual(['One']);
  expect((await save(ann, two.id, other)).status).toBe(404);
  await ann.client.delete(`channels/${other}/messages/${two.id}/saved`);
  await ann.client.delete(`channels/${general}/messages/${one.id}/saved`);
  expect(await texts()).toEqual([]);
});
