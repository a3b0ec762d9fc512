import { eventFrame } from '@parley/contract';
import type { EventFrame } from '@parley/contract';
import { EventHub } from '@parley/workspace';
import { expect, test } from 'vitest';
import { startChat } from './chat.js';
import type { Talker } from './chat.js';
import { problemOf } from './client.js';

/** #general, where Bob may write and hear, and not read what was written before; and a hub that is told of it. */
async function start() {
  const chat = await startChat();
  const { bob, db, general, overwrite, told } = chat;
  await overwrite(general, bob, ['read_history']);
  const hub = new EventHub({ db, now: () => chat.clock.now, position: '0' });
  let position = 0;
  const deliver = async (): Promise<void> => {
    for (const event of told.splice(0)) {
      position += 1;
      await hub.deliver({ position: String(position), event });
    }
  };
  const listen = async ({ id }: Talker, after?: string) => {
    const frames: EventFrame[] = [];
    const send = (text: string) => frames.push(eventFrame.parse(JSON.parse(text)));
    await hub.connect({ userId: id, sessionId: id, send, end: () => undefined }, after);
    return frames;
  };
  return { ...chat, deliver, listen };
}

const typesOf = (frames: EventFrame[]) =>
  frames.map((frame) => (frame.type === 'event' ? frame.event.type : frame.type));

test('an answer is told to all, and what it quotes to who may read it', async () => {
  const { ann, olga, bob, deliver, listen, say } = await start();
  const question = await say(ann, 'Where is the key?');
  await deliver();
  const [reader, other] = [await listen(olga), await listen(bob)];
  await say(olga, 'Here', { reply_to_id: question.id });
  await deliver();
  expect(JSON.stringify(reader)).toContain('Where is the key?');
  expect(JSON.stringify(other)).not.toContain('Where is the key?');
  expect(other.at(-1)).toMatchObject({
    event: { payload: { message: { text: 'Here', reply_to: { id: question.id, text: '' } } } },
  });
});

test('to answer takes to read what was written', async () => {
  const { ann, bob, say, send } = await start();
  const question = await say(ann, 'Where is the key?');
  expect(problemOf(await send(bob, 'Here', { reply_to_id: question.id }))).toMatchObject({ status: 403 });
  expect((await send(bob, 'Here')).status).toBe(201);
});

test('what was written while one was away, and what an old message says now, is for who may read it', async () => {
  const { ann, olga, bob, deliver, general, listen, say } = await start();
  const { id } = await say(ann, 'Where is the key?');
  await deliver();
  const [reader, other] = [await listen(olga, '0'), await listen(bob, '0')];
  expect(typesOf(reader)).toEqual(['hello', 'message_created']);
  expect(typesOf(other)).toEqual(['hello']);
  const answer = await ann.client.patch(`channels/${general}/messages/${id}`, { text: 'Where?' });
  expect(answer.status).toBe(200);
  await deliver();
  expect(typesOf(reader)).toContain('message_edited');
  expect(typesOf(other)).toEqual(['hello']);
});
