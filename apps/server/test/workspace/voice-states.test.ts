import type { WorkspaceEvent } from '@parley/workspace';
import { expect, test } from 'vitest';
import { VoiceStates } from '../../src/workspace/voice-states.js';
import { startKitchen } from '../http/v1/kitchen.js';
import type { Person } from '../http/v1/kitchen.js';

const inCall = ({ id }: Person, sends: { camera?: boolean; microphone?: boolean } = {}) => ({
  ...{ identity: id, joinedAt: 0, microphone: true, camera: false, screen: false },
  ...sends,
});

/** A kitchen whose media threads are the test. */
async function setup() {
  const kitchen = await startKitchen();
  const { db, voice: rooms, addChannel } = kitchen;
  const told: WorkspaceEvent[] = [];
  const states = new VoiceStates({
    ...{ db, rooms, log: () => undefined, onPeople: () => undefined },
    announce: (event) => Promise.resolve(void told.push(event)),
  });
  const { id } = await addChannel({ kind: 'voice', name: 'Table' });
  return { ...kitchen, told, states, id, room: `channel:${id}` };
}

test('who comes into a call is told to whoever sees the channel, and stands in what pages begin with', async () => {
  const { states, told, id, room, ann, olga, seen, communityId } = await setup();
  states.hear(0, { room, people: [inCall(ann, { camera: true }), inCall(olga)] });
  await expect.poll(() => told.length).toBe(1);
  const people = [
    { id: ann.id, name: 'ann', camera: true, microphone: true, muted: false, deafened: false },
    { id: olga.id, name: 'olga', camera: false },
  ];
  expect(told[0]).toMatchObject({
    type: 'voice_changed',
    payload: { community_id: communityId, channel_id: id, total: 2, people },
    audience: { communityId, channelId: id },
  });
  const { voice } = await seen(ann);
  expect(voice.channels).toMatchObject([{ channel_id: id, people, total: 2 }]);
  const { body } = await ann.client.get('start');
  expect(body).toMatchObject({ communities: [{ voice: { channels: voice.channels } }] });

  states.threadEnded(0);
  await expect.poll(() => told.length).toBe(2);
  expect(told[1]).toMatchObject({ payload: { channel_id: id, people: [], total: 0 } });
  expect((await seen(ann)).voice.channels).toEqual([]);
});

test('programs in a call, and rooms of guests, are not told of', async () => {
  const { states, told, room, ann } = await setup();
  const recorder = { ...inCall(ann), identity: 'recorder' };
  states.hear(0, { room: 'kitchen', people: [inCall(ann)] });
  states.hear(0, { room, people: [recorder, inCall(ann)] });
  await expect.poll(() => told.length).toBe(1);
  expect(told).toMatchObject([{ payload: { people: [{ id: ann.id }], total: 1 } }]);
});

test('who is in the call of a private channel is not shown to who does not see it', async () => {
  const { states, told, addChannel, olga, ann, seen } = await setup();
  const safe = await addChannel({ kind: 'voice', name: 'Safe', private: true });
  states.hear(0, { room: `channel:${safe.id}`, people: [inCall(olga)] });
  await expect.poll(() => told.length).toBe(1);
  expect((await seen(ann)).voice.channels).toEqual([]);
  expect((await seen(olga)).voice.channels).toMatchObject([{ channel_id: safe.id }]);
});
