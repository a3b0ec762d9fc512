import { ConnectionState, RoomEvent } from '@livekit/rtc-node';
import { RoomServiceClient } from 'livekit-server-sdk';
import { afterEach, expect, test } from 'vitest';
import { subscribedTrack, useParticipants } from '../support/participants.js';
import { API_KEY, API_SECRET, ParleyServer } from '../support/server.js';
import { listen, useTones } from '../support/tone.js';
import { waitFor } from '../support/wait.js';

const MORTAL_THREADS = new URL('../support/mortal-media-threads.mjs', import.meta.url);

let server: ParleyServer;
const join = useParticipants(() => server);
const tone = useTones();

afterEach(async () => {
  await server.stop(undefined, /The media thread ended/);
});

test('a media thread that dies takes no room of another thread with it, and its own come back', async () => {
  server = await ParleyServer.start(
    {},
    { PARLEY_MEDIA_THREADS: '2', NODE_OPTIONS: `--import=${MORTAL_THREADS.href}` },
  );
  const [alice, bob] = [await join('first', 'alice'), await join('first', 'bob')];
  const [carol, dave] = [await join('second', 'carol'), await join('second', 'dave')];
  const [low, high] = [tone(440), tone(880)];
  await low.publish(alice);
  await high.publish(carol);
  const heardHigh = await subscribedTrack(dave, 'carol', high.name);
  expect((await listen(await subscribedTrack(bob, 'alice', low.name))).frequency).toBeCloseTo(440, -1);
  expect((await listen(heardHigh)).frequency).toBeCloseTo(880, -1);
  expect(await server.metric(/^parley_media_threads /)).toBe(2);
  const rooms = new RoomServiceClient(server.url, API_KEY, API_SECRET);
  expect((await rooms.listRooms()).map(({ name }) => name).sort()).toEqual(['first', 'second']);

  const disturbed: string[] = [];
  for (const [name, room] of Object.entries({ carol, dave }))
    room.on(RoomEvent.ConnectionStateChanged, (state) => disturbed.push(`${name} ${state}`));
  process.kill(server.pid!, 'SIGUSR2');
  await waitFor('the first room losing the connection', () =>
    [alice, bob].every((room) => room.connectionState === ConnectionState.CONN_RECONNECTING),
  );
  expect((await listen(heardHigh)).frequency).toBeCloseTo(880, -1);

  await waitFor(
    'the first room being back',
    () => [alice, bob].every((room) => room.connectionState === ConnectionState.CONN_CONNECTED),
    30_000,
  );
  expect((await listen(await subscribedTrack(bob, 'alice', low.name))).frequency).toBeCloseTo(440, -1);
  expect((await listen(heardHigh)).frequency).toBeCloseTo(880, -1);
  expect(disturbed).toEqual([]);
  await waitFor('another thread', async () => (await server.metric(/^parley_media_threads /)) === 2);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
});

test('the port that the threads share is shared with no other Parley', async () => {
  server = await ParleyServer.start({}, { PARLEY_MEDIA_THREADS: '2' });
  await expect(
    ParleyServer.start({ mediaPort: server.mediaPort }, { PARLEY_MEDIA_THREADS: '2' }),
  ).rejects.toThrow('The media port is in use');
});
