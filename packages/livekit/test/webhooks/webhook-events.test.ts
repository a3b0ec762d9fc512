import { RoomEndReason, TrackSource, TrackType, WebhookEvent } from '@livekit/protocol';
import { expect, test } from 'vitest';
import type { Webhook } from '../../src/index.js';
import { callApi } from '../support/api-client.js';
import { fixture, Harness, MICROPHONE, WALL } from '../support/harness.js';

function listen() {
  const webhooks: Webhook[] = [];
  const harness = new Harness(undefined, { onWebhook: (webhook) => webhooks.push(webhook) });
  return {
    harness,
    /** What has come since the last call. */
    take: () => webhooks.splice(0).map(({ body }) => WebhookEvent.fromJsonString(body)),
  };
}

test('the life of a room is told from its start to its end', async () => {
  const { harness, take } = listen();
  const alice = await harness.join('alice', { name: 'Alice' });
  expect(take()).toMatchObject([{ event: 'room_started', room: { name: 'lobby' } }]);
  alice.transport?.setState('connected');
  expect(take()).toMatchObject([
    {
      event: 'participant_joined',
      room: { numParticipants: 1 },
      participant: { identity: 'alice', state: 2 },
    },
  ]);
  alice.tell({
    case: 'addTrack',
    value: { cid: MICROPHONE.cid, type: TrackType.AUDIO, source: TrackSource.MICROPHONE, name: 'mic' },
  });
  alice.negotiate(fixture('chromium-publish'));
  const sid = alice.last('trackPublished').track?.sid;
  const names = { room: { name: 'lobby' }, participant: { identity: 'alice', name: 'Alice' } };
  expect(take()).toMatchObject([{ event: 'track_published', ...names, track: { sid, name: 'mic' } }]);
  alice.tell({ case: 'leave', value: {} });
  expect(take()).toMatchObject([
    { event: 'track_unpublished', ...names, track: { sid } },
    { event: 'participant_left', participant: { identity: 'alice', state: 3 } },
  ]);
  harness.advance(20_000);
  expect(take()).toMatchObject([
    { event: 'room_finished', room: { name: 'lobby' }, roomEndReason: RoomEndReason.ROOM_END_IDLE_TIMEOUT },
  ]);
});

test('who never became active leaves as an aborted connection', async () => {
  const { harness, take } = listen();
  const alice = await harness.join('alice');
  take();
  alice.tell({ case: 'leave', value: {} });
  expect(take()).toMatchObject([{ event: 'participant_connection_aborted' }]);
});

test('a deleted room and a stopping server are told apart', async () => {
  const { harness, take } = listen();
  await callApi(harness, 'CreateRoom', { name: 'lobby' });
  await callApi(harness, 'DeleteRoom', { room: 'lobby' });
  expect(take().at(-1)?.roomEndReason).toBe(RoomEndReason.ROOM_END_API_DELETE);
  await callApi(harness, 'CreateRoom', { name: 'lobby' });
  harness.sfu.close();
  expect(take().at(-1)?.roomEndReason).toBe(RoomEndReason.ROOM_END_SERVER_SHUTDOWN);
});

test('every event has an id of its own and the time', async () => {
  const { harness, take } = listen();
  await callApi(harness, 'CreateRoom', { name: 'lobby' });
  await callApi(harness, 'DeleteRoom', { room: 'lobby' });
  const events = take();
  expect(new Set(events.map(({ id }) => id)).size).toBe(2);
  expect(events[0]?.id).toMatch(/^EV_/);
  expect(events[0]?.createdAt).toBe(BigInt(WALL / 1000 + 1));
});
