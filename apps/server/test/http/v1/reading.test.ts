import { followedThreads, start, threadPage, unreadChannels } from '@parley/contract';
import { newId } from '@parley/workspace';
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { NOT_THERE, startChat } from './chat.js';
import type { Talker } from './chat.js';

async function started() {
  const chat = await startChat();
  chat.clock.now += 60_000;
  const unread = async (by: Talker, channelId = chat.general) => {
    const { channels } = unreadChannels.parse((await by.client.get('me/unread')).body);
    const found = channels.find(({ channel_id }) => channel_id === channelId);
    return found && [found.unread, found.mentions];
  };
  const mark = (
    by: Talker,
    what: 'read' | 'unread',
    message_id: string,
    more: object = {},
    channelId = chat.general,
  ) => by.client.post(`channels/${channelId}/${what}`, { message_id, ...more });
  const followed = async (by: Talker) =>
    followedThreads.parse((await by.client.get('me/threads')).body).threads;
  return { ...chat, unread, mark, followed };
}

test('what others wrote is new until it is read, and can be made new again', async () => {
  const { ann, bob, say, unread, mark, told } = await started();
  const one = await say(ann, `One <@${bob.id}>`);
  const two = await say(ann, 'Two');
  await say(ann, `Three <@${bob.id}>`);
  expect(await unread(ann)).toEqual([0, 0]);
  expect(await unread(bob)).toEqual([3, 2]);
  expect((await mark(bob, 'read', two.id)).status).toBe(204);
  expect(await unread(bob)).toEqual([1, 1]);
  expect(told.at(-1)).toMatchObject({
    type: 'reading_changed',
    audience: { userIds: [bob.id] },
    payload: { last_read_id: two.id, unread: 1, mentions: 1, thread_id: null },
  });
  await mark(bob, 'read', one.id);
  expect(await unread(bob)).toEqual([1, 1]);
  await mark(bob, 'unread', two.id);
  expect(await unread(bob)).toEqual([2, 1]);
  await mark(bob, 'unread', one.id);
  expect(await unread(bob)).toEqual([3, 2]);
  await mark(ann, 'unread', one.id);
  expect(await unread(ann)).toEqual([0, 0]);
});

test('the page begins with what is new', async () => {
  const { ann, bob, say, converse, general } = await started();
  await say(ann, `One <@${bob.id}>`);
  const two = await converse(ann, bob);
  await say(ann, 'You', {}, two);
  const { unread } = start.parse((await bob.client.get('start')).body);
  const countsOf = (id: string) => unread.find(({ channel_id }) => channel_id === id);
  expect(countsOf(general)).toMatchObject({ last_read_id: null, unread: 1, mentions: 1 });
  expect(countsOf(two)).toMatchObject({ last_read_id: null, unread: 1, mentions: 0 });
});

test('who writes has read what was there', async () => {
  const { ann, bob, say, unread } = await started();
  await say(ann, 'One');
  await say(bob, 'Two');
  expect(await unread(bob)).toEqual([0, 0]);
});

test('who comes later has nothing to catch up with, and who is in several channels sees each', async () => {
  const { ann, eve, say, join, unread, addChannel, overwrite, converse, clock } = await started();
  await say(ann, 'Before');
  const [other, hidden] = [await addChannel('other'), await addChannel('hidden')];
  clock.now += 1000;
  await join(eve);
  await overwrite(hidden, eve, ['view_channel']);
  const two = await converse(ann, eve);
  await say(ann, 'After');
  await say(ann, 'There', {}, other);
  await say(ann, 'Secret', {}, hidden);
  await say(ann, 'You', {}, two);
  expect(await unread(eve)).toEqual([1, 0]);
  expect(await unread(eve, other)).toEqual([1, 0]);
  expect(await unread(eve, two)).toEqual([1, 0]);
  expect(await unread(eve, hidden)).toBe(undefined);
});

test('roles and everybody are called too, each message counts once, and a deleted one not at all', async () => {
  const { olga, ann, bob, say, unread, db, communityId, general, mark } = await started();
  const role = newId(0, randomBytes);
  const row = { id: role, community_id: communityId, name: 'Cooks', colour: null, icon: null };
  await db
    .insertInto('roles')
    .values({ ...row, position: 9, permissions: [] })
    .execute();
  await db
    .insertInto('member_roles')
    .values({ community_id: communityId, user_id: ann.id, role_id: role })
    .execute();
  await say(olga, `<@&${role}> <@${ann.id}> @channel`);
  const { id } = await say(olga, '@here');
  expect(await unread(ann)).toEqual([2, 2]);
  expect(await unread(bob)).toEqual([2, 2]);
  await olga.client.delete(`channels/${general}/messages/${id}`);
  expect(await unread(ann)).toEqual([1, 1]);
  expect((await mark(ann, 'read', id)).status).toBe(204);
  expect(await unread(ann)).toEqual([0, 0]);
});

test('of very much no more than a hundred is counted', async () => {
  const { ann, bob, say, unread, db, general, clock } = await started();
  await say(ann, 'First');
  const rows = Array.from({ length: 120 }, () => ({
    ...{ id: newId(clock.now + 10, randomBytes), channel_id: general, thread_id: null, author_id: ann.id },
    ...{ nonce: null, text: 'x', search: '', has_link: false, mentions_everyone: null, reply_to_id: null },
  }));
  await db.insertInto('messages').values(rows).execute();
  expect(await unread(bob)).toEqual([100, 0]);
});

test('what one does not see, or is not there, is not marked', async () => {
  const { ann, eve, say, mark, addChannel } = await started();
  const { id } = await say(ann, 'One');
  const other = await addChannel('other');
  for (const what of ['read', 'unread'] as const) {
    expect((await mark(eve, what, id)).status).toBe(404);
    expect((await mark(ann, what, id, {}, other)).status).toBe(404);
    expect((await mark(ann, what, NOT_THERE)).status).toBe(404);
    expect((await mark(ann, what, id, { thread_id: NOT_THERE })).status).toBe(404);
    expect((await mark(ann, what, 'x')).status).toBe(400);
  }
});

test('threads that one follows have counts of their own', async () => {
  const { ann, bob, olga, say, followed, mark, unread, told } = await started();
  const root = await say(ann, 'Who cooks?');
  const thread_id = root.id;
  const reply = await say(bob, `<@${ann.id}>?`, { thread_id });
  await say(bob, 'Me', { thread_id });
  expect(await unread(ann)).toEqual([0, 0]);
  expect(await followed(ann)).toMatchObject([{ message: { id: root.id }, unread: 2, mentions: 1 }]);
  expect(await followed(olga)).toEqual([]);
  await mark(ann, 'read', reply.id, { thread_id });
  expect(await followed(ann)).toMatchObject([{ unread: 1, mentions: 0, last_read_id: reply.id }]);
  expect(told.at(-1)).toMatchObject({ type: 'reading_changed', payload: { thread_id, unread: 1 } });
  const before = told.length;
  expect((await mark(olga, 'read', reply.id, { thread_id })).status).toBe(204);
  expect(told).toHaveLength(before);
});

test('one follows and leaves a thread, and does not see it where one may not read', async () => {
  const { ann, olga, eve, say, followed, told, general, overwrite } = await started();
  const root = await say(ann, 'Who cooks?');
  const path = `channels/${general}/threads/${root.id}/following`;
  await say(ann, 'Me', { thread_id: root.id });
  for (let time = 0; time < 2; time += 1) expect((await olga.client.put(path, {})).status).toBe(204);
  expect(await followed(olga)).toMatchObject([{ unread: 0, message: { thread: { following: true } } }]);
  expect(told.filter(({ type }) => type === 'following_changed')).toHaveLength(1);
  expect((await olga.client.delete(path)).status).toBe(204);
  expect(await followed(olga)).toEqual([]);
  expect((await eve.client.put(path, {})).status).toBe(404);
  await overwrite(general, ann, ['view_channel']);
  expect(await followed(ann)).toEqual([]);
});

test('threads of a channel are listed, the one answered last first', async () => {
  const { ann, bob, eve, say, general } = await started();
  const [one, two] = [await say(ann, 'One'), await say(ann, 'Two')];
  await say(ann, 'No thread');
  await say(bob, 'x', { thread_id: two.id });
  await say(bob, 'x', { thread_id: one.id });
  const list = async (query: string) =>
    threadPage.parse((await bob.client.get(`channels/${general}/threads${query}`)).body);
  const first = await list('?limit=1');
  expect(first.threads.map(({ text }) => text)).toEqual(['One']);
  const rest = await list(`?limit=1&before=${first.next}`);
  expect([rest.threads.map(({ text }) => text), rest.next]).toEqual([['Two'], null]);
  expect((await eve.client.get(`channels/${general}/threads`)).status).toBe(404);
});

test('all is marked as read at once: in a channel, in a community, everywhere', async () => {
  const { ann, bob, eve, say, unread, followed, addChannel, converse, communityId, general, told } =
    await started();
  const other = await addChannel('other');
  const two = await converse(ann, bob);
  const root = await say(ann, 'Who cooks?');
  await say(bob, 'Me', { thread_id: root.id });
  await say(ann, 'No, me', { thread_id: root.id });
  await say(ann, 'One', {}, other);
  const last = await say(ann, `Two <@${bob.id}>`, {}, other);
  await say(ann, 'You', {}, two);
  const readAll = (body: object) => bob.client.post('me/read', body);

  expect((await readAll({ channel_id: general })).status).toBe(204);
  expect([await unread(bob), await unread(bob, other)]).toEqual([
    [0, 0],
    [2, 1],
  ]);
  expect(await followed(bob)).toMatchObject([{ unread: 1 }]);

  const before = told.length;
  expect((await readAll({ community_id: communityId })).status).toBe(204);
  expect([await unread(bob, other), await unread(bob, two)]).toEqual([
    [0, 0],
    [1, 0],
  ]);
  expect(await followed(bob)).toMatchObject([{ unread: 0 }]);
  expect(told.slice(before)).toMatchObject([
    { type: 'reading_changed', payload: { channel_id: other, thread_id: null, last_read_id: last.id } },
    { type: 'reading_changed', payload: { thread_id: root.id, unread: 0 } },
  ]);

  expect((await readAll({})).status).toBe(204);
  expect(await unread(bob, two)).toEqual([0, 0]);
  const after = told.length;
  expect((await readAll({})).status).toBe(204);
  expect(told).toHaveLength(after);
  for (const body of [{ channel_id: general }, { community_id: communityId }, { channel_id: NOT_THERE }]) {
    expect((await eve.client.post('me/read', body)).status).toBe(404);
  }
});
