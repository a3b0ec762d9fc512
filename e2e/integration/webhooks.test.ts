import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { RoomServiceClient, type WebhookEvent, WebhookReceiver } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshRoom, useParticipants } from '../support/participants.js';
import { API_KEY, API_SECRET, ParleyServer } from '../support/server.js';
import { useTones } from '../support/tone.js';
import { waitFor } from '../support/wait.js';

const webhooks = new WebhookReceiver(API_KEY, API_SECRET);
const events: WebhookEvent[] = [];
const contentTypes = new Set<string | undefined>();
/** Posts that are answered with 503 first. */
let failures = 0;
let server: ParleyServer | undefined;

const receiver = createServer((request, response) => {
  void receive(request).then((status) => response.writeHead(status).end());
});

const join = useParticipants(running);
const tone = useTones();

beforeAll(async () => {
  receiver.listen(0, 'localhost');
  await once(receiver, 'listening');
  const { port } = receiver.address() as AddressInfo;
  server = await ParleyServer.start({}, { PARLEY_WEBHOOKS_URLS: `http://localhost:${port}/hook` });
});

afterAll(async () => {
  await server?.stop();
  receiver.close();
});

test('the life of a room is told in order, signed so that the SDK takes it, and again after a failure', async () => {
  failures = 2;
  const name = freshRoom();
  const alice = await join(name, 'alice', { name: 'Alice' });
  const sent = tone(440);
  await sent.publish(alice);
  await waitFor('the track being told', () => told().includes('track_published'));
  await alice.disconnect();
  await waitFor('alice leaving', () => told().includes('participant_left'));
  await new RoomServiceClient(running().url, API_KEY, API_SECRET).deleteRoom(name);
  await waitFor('the end of the room', () => told().includes('room_finished'));

  expect(told()).toEqual([
    'room_started',
    'participant_joined',
    'track_published',
    'track_unpublished',
    'participant_left',
    'room_finished',
  ]);
  expect(events[1]).toMatchObject({ room: { name }, participant: { identity: 'alice', name: 'Alice' } });
  expect(events[2]).toMatchObject({ room: { name }, track: { name: sent.name } });
  expect(new Set(events.map(({ id }) => id)).size).toBe(6);
  expect([...contentTypes]).toEqual(['application/webhook+json']);
  const delivered = await running().metric(/^parley_webhook_dispatch_total{.*outcome="delivered"/);
  expect(delivered).toBe(6);
});

function running(): ParleyServer {
  if (server === undefined) throw new Error('The server runs only while tests do.');
  return server;
}

function told(): string[] {
  return events.map(({ event }) => event);
}

async function receive(request: IncomingMessage): Promise<number> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  contentTypes.add(request.headers['content-type']);
  if (failures > 0) {
    failures -= 1;
    return 503;
  }
  events.push(await webhooks.receive(Buffer.concat(chunks).toString(), request.headers.authorization));
  return 200;
}
