import { expect, test } from 'vitest';
import { callApi } from './support/api-client.js';
import { Harness } from './support/harness.js';

test('a room is reported before anybody is in it, and as ended after everybody has heard of its end', async () => {
  const told: string[] = [];
  const harness = new Harness(undefined, {
    onRoomStarted: (room) => told.push(`${room} started`),
    onRoomFinished: (room) => told.push(`${room} finished`),
    onWebhook: ({ event }) => told.push(event),
  });
  await harness.join('alice');
  expect(told).toEqual(['lobby started', 'room_started']);
  await callApi(harness, 'DeleteRoom', { room: 'lobby' }, { roomCreate: true });
  expect(told.slice(2)).toEqual(['participant_connection_aborted', 'room_finished', 'lobby finished']);
});

test('rooms are reported where nobody listens to webhooks', async () => {
  const told: string[] = [];
  const harness = new Harness(undefined, { onRoomStarted: (room) => told.push(room) });
  await harness.join('alice', { room: 'one' });
  await harness.join('bob', { room: 'two' });
  expect(told).toEqual(['one', 'two']);
});
