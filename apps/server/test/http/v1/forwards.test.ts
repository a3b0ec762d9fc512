import { message } from '@parley/contract';
import { expect, test } from 'vitest';
import { NOT_THERE, startChat } from './chat.js';
import type { Talker } from './chat.js';
import { problemOf } from './client.js';

async function started() {
  const chat = await startChat();
  const hidden = await chat.addChannel('hidden');
  await chat.overwrite(hidden, chat.bob, ['view_channel']);
  const said = await chat.say(chat.ann, 'The soup is ready', {}, hidden);
  let nonces = 0;
  const pass = (
    by: Talker,
    from: { id: string; channel_id: string },
    more: object = {},
    to = chat.general,
  ) => {
    chat.clock.now += 1000;
    nonces += 1;
    return by.client.post(`channels/${to}/forwards`, {
      ...{ nonce: `forward-${nonces}`, from: { channel_id: from.channel_id, message_id: from.id }, ...more },
    });
  };
  return { ...chat, hidden, said, pass };
}

test('what one may read can be passed on to who does not see where it was', async () => {
  const { ann, bob, said, pass, page } = await started();
  const answer = await pass(ann, said, { text: 'Look' });
  expect(answer.status).toBe(201);
  expect((await page(bob)).messages).toMatchObject([
    {
      text: 'Look',
      forwarded: {
        id: said.id,
        text: 'The soup is ready',
        author: { id: ann.id, name: 'ann' },
        deleted: false,
      },
    },
  ]);
});

test('what only passes something on is passed on as that', async () => {
  const { ann, bob, said, pass, page, addChannel } = await started();
  const first = message.parse((await pass(ann, said)).body);
  expect(first.text).toBe('');
  const other = await addChannel('other');
  expect((await pass(bob, first, {}, other)).status).toBe(201);
  expect((await page(bob, '', other)).messages).toMatchObject([
    { forwarded: { id: said.id, text: 'The soup is ready' } },
  ]);
});

test('sending again passes on once', async () => {
  const { ann, said, pass, page } = await started();
  await Promise.all([pass(ann, said, { nonce: 'n1' }), pass(ann, said, { nonce: 'n1' })]);
  expect((await page(ann)).messages).toHaveLength(1);
});

test('what one may not see or read is not passed on', async () => {
  const { ann, bob, eve, said, pass, texts, general, hidden, overwrite } = await started();
  const missing = await pass(ann, { ...said, channel_id: NOT_THERE });
  expect(missing.status).toBe(404);
  expect(problemOf(await pass(bob, said))).toEqual(problemOf(missing));
  expect((await pass(ann, { ...said, channel_id: general })).status).toBe(404);
  expect((await pass(eve, said)).status).toBe(404);
  await overwrite(hidden, ann, ['read_history']);
  expect((await pass(ann, said)).status).toBe(403);
  expect((await ann.client.post(`channels/${general}/forwards`, { nonce: 'n', from: {} })).status).toBe(400);
  expect(await texts(ann)).toEqual([]);
});
