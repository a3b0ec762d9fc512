import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Room, Track } from '@livekit/rtc-node';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { useServerBehindLink } from '../support/media-link.js';
import { freshRoom, me, subscribedTrack, useParticipants } from '../support/participants.js';
import { usePictures, watch } from '../support/picture.js';
import { SeededRandom } from '../support/random.js';
import { listen, useTones } from '../support/tone.js';
import { waitFor } from '../support/wait.js';

const { server, link } = useServerBehindLink();
const join = useParticipants(server);
const tone = useTones();
const picture = usePictures();
const random = new SeededRandom(4_571);
const sockets: Socket[] = [];

beforeAll(() => link().passUdpOf('none'));

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

async function aliceAndBob(): Promise<{ alice: Room; bob: Room; heard: Track }> {
  const room = freshRoom();
  const [alice, bob] = await Promise.all([join(room, 'alice'), join(room, 'bob')]);
  const sound = tone(440);
  await sound.publish(alice);
  return { alice, bob, heard: await subscribedTrack(bob, 'alice', sound.name) };
}

async function expectTheTone(heard: Track): Promise<void> {
  await waitFor('the tone of 440 Hz being heard clearly', async () => {
    const { frequency, amplitude } = await listen(heard, 0.5, 0.5);
    return Math.abs(frequency - 440) <= 5 && amplitude > 0.3;
  });
}

/** Straight to the server's media port. */
async function openTcp(): Promise<Socket> {
  const socket = connect(server().mediaPort, '127.0.0.1');
  socket.on('error', () => undefined);
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

test('rtc-node in a network that lets no UDP out: sound, picture and data', async () => {
  const { alice, bob, heard } = await aliceAndBob();
  await expectTheTone(heard);

  const image = picture();
  await image.publish(alice);
  const track = await subscribedTrack(bob, 'alice', image.name);
  expect((await watch(track, 1))[0]?.quarters).toEqual(['red', 'green', 'blue']);

  const received: string[] = [];
  bob.on('dataReceived', (payload) => received.push(new TextDecoder().decode(payload)));
  await me(alice).publishData(new TextEncoder().encode('hello'), { reliable: true });
  await waitFor('the data', () => received.includes('hello'));
  expect(await server().metric(/^parley_tcp_connections /)).toBeGreaterThanOrEqual(2);
  expect(await server().metric(/^parley_tcp_packets_sent_total /)).toBeGreaterThan(100);
});

test('1,000 connections that say nothing, or garbage, leave a call over TCP alone, and are gone soon', async () => {
  const { heard } = await aliceAndBob();
  await expectTheTone(heard);
  const before = await server().metric(/^parley_tcp_connections /);

  for (let batch = 0; batch < 10; batch += 1) {
    const opened = await Promise.all(Array.from({ length: 100 }, openTcp));
    opened.forEach((socket, i) => {
      if (i % 3 === 1) socket.write(random.bytes(1 + random.below(4_000)));
      if (i % 3 === 2) socket.write(checkOfNobody());
    });
  }
  await expectTheTone(heard);
  expect(
    await server().metric(/^parley_tcp_connections_refused_total\{limit="(address|rate)"\}/),
  ).toBeGreaterThan(0);
  await waitFor(
    'the end of the others',
    async () => (await server().metric(/^parley_tcp_connections /)) <= before,
    20_000,
  );
  await expectTheTone(heard);
  expect(await server().metric(/closed_total\{reason="malformed"\}/)).toBeGreaterThan(50);
  expect(await server().metric(/closed_total\{reason="unauthenticated"\}/)).toBeGreaterThan(50);
  await expectTheTone((await aliceAndBob()).heard);
});

/** A STUN binding request of a user that nobody knows (RFC 8489), in a frame. */
function checkOfNobody(): Buffer {
  const message = Buffer.alloc(2 + 20 + 4 + 8);
  message.writeUInt16BE(message.length - 2, 0);
  message.writeUInt16BE(0x0001, 2);
  message.writeUInt16BE(4 + 8, 4);
  message.writeUInt32BE(0x2112a442, 6);
  message.writeUInt16BE(0x0006, 22);
  message.writeUInt16BE(8, 24);
  message.write('nobody:x', 26);
  return message;
}
