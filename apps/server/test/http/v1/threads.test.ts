import { messagePage } from '@parley/contract';
import { expect, test } from 'vitest';
import { NOT_THERE, startChat } from './chat.js';
import { problemOf } from './client.js';
import type { Talker } from './chat.js';

async function started() {
  const chat = await startChat();
  const root = await chat.say(chat.ann, 'Who cooks?');
  const reply = (by: Talker, text: string) => chat.say(by, text, { thread_id: root.id });
  const thread = async (by: Talker, query = '') => {
    const answer = await by.client.get(`channels/${chat.general}/threads/${root.id}/messages${query}`);
    expect(answer.status).toBe(200);
    return messagePage.parse(answer.body).messages.map(({ text }) => text);
  };
  const summary = async (by: Talker) => (await chat.page(by)).messages[0]?.thread;
  return { ...chat, root, reply, thread, summary };
}

test('replies stand in their thread alone, and the message above says how many', async () => {
  const { ann, bob, eve, general, root, reply, thread, texts, summary, told } = await started();
  await reply(bob, 'Not me');
  const last = await reply(ann, 'Me then');
  expect(last.thread_id).toBe(root.id);
  expect(await thread(bob)).toEqual(['Not me', 'Me then']);
  expect(await thread(bob, `?before=${last.id}`)).toEqual(['Not me']);
  expect(await texts(bob)).toEqual(['Who cooks?']);
  const people = [
    { id: ann.id, name: 'ann' },
    { id: bob.id, name: 'bob' },
  ];
  expect(await summary(bob)).toEqual({
    ...{ reply_count: 2, last_reply_at: last.created_at, following: true, people },
  });
  expect(told.slice(-2)).toMatchObject([
    { type: 'message_created', payload: { message: { thread_id: root.id } } },
    {
      type: 'thread_changed',
      payload: { thread_id: root.id, thread: { reply_count: 2, last_reply_at: last.created_at, people } },
    },
  ]);
  expect((await eve.client.get(`channels/${general}/threads/${root.id}/messages`)).status).toBe(404);
});

test('of many replies at once each is counted', async () => {
  const { ann, bob, reply, summary } = await started();
  await Promise.all(
    Array.from({ length: 8 }, (_, number) => reply(number % 2 === 0 ? ann : bob, `Reply ${number}`)),
  );
  expect(await summary(ann)).toMatchObject({ reply_count: 8 });
});

test('who began it, who writes in it and who is called in it follow it', async () => {
  const { ann, bob, olga, eve, join, reply, summary } = await started();
  await join(eve);
  await reply(bob, `<@${olga.id}>`);
  for (const follower of [ann, bob, olga]) expect(await summary(follower)).toMatchObject({ following: true });
  expect(await summary(eve)).toMatchObject({ following: false });
});

test('a thread begins with a message of the channel', async () => {
  const { ann, bob, send, say, reply, general, addChannel } = await started();
  const elsewhere = await say(ann, 'Elsewhere', {}, await addChannel('other'));
  const inThread = await reply(bob, 'Not me');
  for (const thread_id of [elsewhere.id, inThread.id, NOT_THERE]) {
    expect(problemOf(await send(ann, 'Hm', { thread_id }))).toMatchObject({
      status: 404,
      field: 'thread_id',
    });
    expect((await ann.client.get(`channels/${general}/threads/${thread_id}/messages`)).status).toBe(404);
  }
});

test('beginning one and writing in one are two permissions', async () => {
  const { ann, bob, olga, send, reply, root, overwrite, general } = await started();
  await overwrite(general, ann, ['create_threads']);
  await overwrite(general, bob, ['send_in_threads'], ['send_messages']);
  const answer = () => send(ann, 'Me', { thread_id: root.id });
  expect(problemOf(await answer())).toMatchObject({ status: 403, title: 'You may not begin threads here.' });
  await reply(olga, 'Me');
  expect((await answer()).status).toBe(201);
  expect((await send(bob, 'Me', { thread_id: root.id })).status).toBe(403);
});
