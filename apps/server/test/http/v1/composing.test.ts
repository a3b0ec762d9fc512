import { drafts, scheduledMessage, scheduledMessages } from '@parley/contract';
import { expect, test } from 'vitest';
import { NOT_THERE, startChat } from './chat.js';
import type { Talker } from './chat.js';
import { problemOf } from './client.js';

async function started() {
  const chat = await startChat();
  const { clock, general } = chat;
  const draft = async (by: Talker, text: string | null, more: object = {}, channelId = general) => {
    clock.now += 1000;
    return by.client.put(`channels/${channelId}/draft`, { text, ...more });
  };
  const drafted = async (by: Talker) => drafts.parse((await by.client.get('me/drafts')).body).drafts;
  let nonces = 0;
  const schedule = (by: Talker, text: string, inMs: number, more: object = {}, channelId = general) => {
    nonces += 1;
    const send_at = new Date(clock.now + inMs).toISOString();
    return by.client.post(`channels/${channelId}/scheduled`, {
      text,
      send_at,
      nonce: `later-${nonces}`,
      ...more,
    });
  };
  const scheduled = async (by: Talker) =>
    scheduledMessages.parse((await by.client.get('me/scheduled')).body).scheduled;
  return { ...chat, draft, drafted, schedule, scheduled };
}

test('a draft is kept for each place, told to one\u2019s own devices, and gone when it is emptied', async () => {
  const { ann, bob, say, draft, drafted, told, general } = await started();
  const { id: thread_id } = await say(ann, 'Who cooks?');
  for (const text of ['Not', 'Not me']) expect((await draft(ann, text)).status).toBe(204);
  await draft(ann, 'Me', { thread_id });
  expect(await drafted(ann)).toMatchObject([
    { text: 'Me', thread_id, channel_id: general },
    { text: 'Not me', thread_id: null },
  ]);
  expect(await drafted(bob)).toEqual([]);
  expect(told.at(-1)).toMatchObject({ type: 'draft_changed', audience: { userIds: [ann.id] } });
  await draft(ann, null);
  expect(told.at(-1)).toMatchObject({ payload: { thread_id: null, draft: null } });
  expect(await drafted(ann)).toMatchObject([{ text: 'Me' }]);
});

test('a draft is of a place that one sees', async () => {
  const { ann, eve, draft, drafted, overwrite, general } = await started();
  expect((await draft(eve, 'Hm')).status).toBe(404);
  expect((await draft(ann, 'Hm', { thread_id: NOT_THERE })).status).toBe(404);
  await draft(ann, 'Hm');
  await overwrite(general, ann, ['view_channel']);
  expect(await drafted(ann)).toEqual([]);
});

test('what is scheduled is sent when it is due, once, and told to its author', async () => {
  const { ann, bob, schedule, scheduled, messaging, clock, texts, told } = await started();
  expect((await schedule(ann, 'Later', 60_000)).status).toBe(201);
  await schedule(ann, 'Soon', 30_000);
  expect((await scheduled(ann)).map(({ text }) => text)).toEqual(['Soon', 'Later']);
  expect(await scheduled(bob)).toEqual([]);
  const due = clock.now + 30_000;
  expect(await messaging.scheduled.sendDue()).toBe(due);
  expect(await texts(bob)).toEqual([]);
  clock.now = due;
  const next = await Promise.all([messaging.scheduled.sendDue(), messaging.scheduled.sendDue()]);
  expect(next).toEqual([due + 30_000, due + 30_000]);
  expect(await texts(bob)).toEqual(['Soon']);
  expect(told.slice(-2)).toMatchObject([
    { type: 'message_created', payload: { message: { text: 'Soon' } } },
    { type: 'scheduled_changed', payload: { scheduled: null }, audience: { userIds: [ann.id] } },
  ]);
  clock.now += 30_000;
  expect(await messaging.scheduled.sendDue()).toBe(undefined);
  expect(await scheduled(ann)).toEqual([]);
});

test('asked again it is scheduled once, and changed or taken back by its author alone', async () => {
  const { ann, bob, schedule, scheduled, messaging, clock, texts } = await started();
  const wish = () => schedule(ann, 'Later', 60_000, { nonce: 'n1' });
  const [one, same] = (await Promise.all([wish(), wish()])).map(
    ({ body }) => scheduledMessage.parse(body).id,
  );
  expect(same).toBe(one);
  const path = `me/scheduled/${one}`;
  expect((await bob.client.patch(path, { text: 'Mine' })).status).toBe(404);
  expect((await bob.client.delete(path)).status).toBe(404);
  expect(
    (await ann.client.patch(path, { text: 'Sooner', send_at: new Date(clock.now + 1000).toISOString() }))
      .status,
  ).toBe(200);
  clock.now += 1000;
  await messaging.scheduled.sendDue();
  expect(await texts(bob)).toEqual(['Sooner']);
  const other = scheduledMessage.parse((await schedule(ann, 'Never', 1000)).body);
  expect((await ann.client.delete(`me/scheduled/${other.id}`)).status).toBe(204);
  expect(await scheduled(ann)).toEqual([]);
});

test('a time that has passed, a place where one may not write, and too much are refused', async () => {
  const { ann, eve, schedule, channelNamed, db, general, clock } = await started();
  for (const inMs of [0, -1000, 367 * 86_400_000]) {
    expect(problemOf(await schedule(ann, 'Hm', inMs))).toMatchObject({ status: 422, field: 'send_at' });
  }
  expect(problemOf(await schedule(ann, 'Hm', 1000, { send_at: 'soon' }))).toMatchObject({ field: 'send_at' });
  expect((await schedule(eve, 'Hm', 1000)).status).toBe(404);
  expect((await schedule(ann, 'Hm', 1000, {}, await channelNamed('announcements'))).status).toBe(403);
  const rows = Array.from({ length: 100 }, (_, number) => ({
    ...{
      id: NOT_THERE.slice(0, -3) + String(100 + number),
      author_id: ann.id,
      channel_id: general,
      thread_id: null,
    },
    ...{
      reply_to_id: null,
      nonce: `x${number}`,
      text: 'x',
      send_at: new Date(clock.now + 1000),
      refusal: null,
    },
  }));
  await db.insertInto('scheduled_messages').values(rows).execute();
  expect(problemOf(await schedule(ann, 'Hm', 1000))).toMatchObject({ status: 409, code: 'limit_reached' });
});

test('who may not write any more when it is due keeps it, with the reason; in slow mode it waits', async () => {
  const { ann, bob, say, schedule, scheduled, messaging, clock, texts, db, general, overwrite } =
    await started();
  await schedule(ann, 'Later', 1000);
  await schedule(bob, 'Slowly', 1000);
  await overwrite(general, ann, ['send_messages']);
  await db.updateTable('channels').set({ slow_mode: 30 }).where('id', '=', general).execute();
  await say(bob, 'Before');
  expect(await messaging.scheduled.sendDue()).toBe(clock.now + 30_000);
  expect(await scheduled(ann)).toMatchObject([{ text: 'Later', refusal: 'You may not write here.' }]);
  expect(await scheduled(bob)).toMatchObject([{ refusal: null }]);
  clock.now += 30_000;
  await messaging.scheduled.sendDue();
  expect(await texts(bob)).toEqual(['Before', 'Slowly']);
});

test('what is scheduled is sent also when a message has its nonce', async () => {
  const { ann, bob, general, schedule, scheduled, messaging, clock, texts } = await started();
  await schedule(ann, 'Later', 30_000, { nonce: 'n1' });
  const now = await ann.client.post(`channels/${general}/messages`, { text: 'Now', nonce: 'n1' });
  expect(now.status).toBe(201);
  clock.now += 30_000;
  await messaging.scheduled.sendDue();
  expect(await scheduled(ann)).toEqual([]);
  expect(await texts(bob)).toEqual(['Now', 'Later']);
});

test('who types is not told to whom they have blocked', async () => {
  const { ann, bob, general, communityId, told } = await started();
  const type = async (channelId: string) => {
    expect((await ann.client.post(`channels/${channelId}/typing`, {})).status).toBe(204);
    return told.at(-1);
  };
  await ann.client.put(`blocks/${bob.id}`, {});
  const audience = { communityId, channelId: general, except: [bob.id] };
  expect(await type(general)).toMatchObject({ type: 'typing', audience });
});

test('others are told who types, not too often, and only by who may write', async () => {
  const { ann, eve, general, communityId, channelNamed, told, clock, db } = await started();
  const type = (by: Talker, channelId = general) => by.client.post(`channels/${channelId}/typing`, {});
  const statuses = [await type(ann), await type(ann), await type(ann)].map(({ status }) => status);
  expect(statuses).toEqual([204, 204, 429]);
  expect(told).toEqual(
    [0, 1].map(() => ({
      type: 'typing',
      payload: { channel_id: general, thread_id: null, user_id: ann.id, name: 'ann' },
      audience: { communityId, channelId: general },
    })),
  );
  clock.now += 4000;
  expect((await type(ann, await channelNamed('announcements'))).status).toBe(403);
  expect((await type(eve)).status).toBe(404);
  expect(await db.selectFrom('messages').selectAll().execute()).toEqual([]);
});
