import { once } from 'node:events';
import { DisconnectReason, LeaveRequest_Action } from '@livekit/protocol';
import { ConnectionState } from '@livekit/rtc-node';
import { afterEach, expect, test } from 'vitest';
import { subscribedTrack, useParticipants } from '../support/participants.js';
import { ParleyServer } from '../support/server.js';
import { upgrade } from '../support/signal.js';
import { listen, useTones } from '../support/tone.js';
import { waitFor } from '../support/wait.js';

let server: ParleyServer;
const join = useParticipants(() => server);
const tone = useTones();

afterEach(async () => {
  await server.stop();
});

test('who is in a room is told that the server shuts down, and to come back', async () => {
  server = await ParleyServer.start();
  const token = await server.token({ identity: 'alice', grant: { roomJoin: true, room: 'a-room' } });
  const { socket, messages } = await upgrade(server.webSocketUrl, { token });
  await waitFor('the room', () => messages.some((message) => message.case === 'join'));
  const closed = once(socket!, 'close');

  await server.stop();

  await closed;
  expect(messages.at(-1)).toMatchObject({
    case: 'leave',
    value: { reason: DisconnectReason.SERVER_SHUTDOWN, action: LeaveRequest_Action.RECONNECT },
  });
});

test('a call goes on by itself after the server was restarted', async () => {
  server = await ParleyServer.start();
  const alice = await join('a-room', 'alice');
  const bob = await join('a-room', 'bob');
  const sent = tone(440);
  await sent.publish(alice);
  await subscribedTrack(bob, 'alice', sent.name);

  const { httpPort, mediaPort } = server;
  await server.stop();
  await waitFor('both losing the connection', () =>
    [alice, bob].every((room) => room.connectionState === ConnectionState.CONN_RECONNECTING),
  );
  server = await ParleyServer.start({ httpPort, mediaPort });

  await waitFor(
    'both being back',
    () => [alice, bob].every((room) => room.connectionState === ConnectionState.CONN_CONNECTED),
    30_000,
  );
  const heard = await listen(await subscribedTrack(bob, 'alice', sent.name));
  expect(Math.abs(heard.frequency - 440)).toBeLessThanOrEqual(5);
});
