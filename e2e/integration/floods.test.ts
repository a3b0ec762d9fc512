import { randomBytes } from 'node:crypto';
import { SignalRequest, TrackSource } from '@livekit/protocol';
import type { Track } from '@livekit/rtc-node';
import { beforeEach, expect, test } from 'vitest';
import { freshRoom, me, participantOf, subscribedTrack, useParticipants } from '../support/participants.js';
import { useServer } from '../support/server.js';
import { upgrade } from '../support/signal.js';
import { listen, useTones } from '../support/tone.js';
import { waitFor } from '../support/wait.js';

// A limit that is low enough to be reached by one client of a test.
const server = useServer(() => ({
  PARLEY_LIMITS_DATA_PACKETS_PER_SECOND: '100',
  PARLEY_LIMITS_JOINS_PER_SECOND: '20',
}));
const join = useParticipants(server);
const tone = useTones();
let room: string;
let heardByBob: Track;

beforeEach(async () => {
  room = freshRoom();
  const [alice, bob] = await Promise.all([join(room, 'alice'), join(room, 'bob')]);
  const sent = tone(440);
  await sent.publish(alice);
  heardByBob = await subscribedTrack(bob, 'alice', sent.name);
});

/** What every flood here ends with: it was limited, and the others still hear each other. */
async function expectTheOthersUnhurt(): Promise<void> {
  await waitFor('the tone of 440 Hz being heard clearly', async () => {
    const heard = await listen(heardByBob, 0.5, 0.5);
    return Math.abs(heard.frequency - 440) <= 5 && heard.amplitude > 0.3;
  });
}

test('who floods the room with data is limited', async () => {
  const flooding = /^parley_input_drops_total\{reason="data-flood"\}/;
  const before = await server().metric(flooding);
  const mallory = await join(room, 'mallory');
  await participantOf(mallory, 'bob');
  const payload = new Uint8Array(randomBytes(1_000));
  for (let round = 0; round < 20; round++) {
    await Promise.all(
      Array.from({ length: 100 }, () => me(mallory).publishData(payload, { reliable: false })),
    );
  }
  await waitFor('the limit', async () => (await server().metric(flooding)) > before);
  await expectTheOthersUnhurt();
});

test('who names tracks without end in subscriptions is limited', async () => {
  const flooding = /^parley_input_drops_total\{reason="subscription-flood"\}/;
  const before = await server().metric(flooding);
  const token = await server().token({ identity: 'mallory', grant: { roomJoin: true, room } });
  const { socket } = await upgrade(server().webSocketUrl, { token });
  const trackSids = Array.from({ length: 5_000 }, (_, index) => `TR_${index}`);
  const message = new SignalRequest({
    message: { case: 'subscription', value: { trackSids, subscribe: true } },
  }).toBinary();
  for (let count = 0; count < 20; count++) socket?.send(message);
  await waitFor('the limit', async () => (await server().metric(flooding)) > before);
  await expectTheOthersUnhurt();
  socket?.terminate();
});

test('who asks for tracks that are refused, again and again, does not fill the log', async () => {
  const leftOut = /^parley_log_lines_omitted_total/;
  const token = await server().token({ identity: 'mallory', grant: { roomJoin: true, room } });
  const { socket } = await upgrade(server().webSocketUrl, { token });
  for (let count = 0; count < 500; count++) {
    const message = new SignalRequest({
      message: { case: 'addTrack', value: { cid: `c${count}`, source: TrackSource.MICROPHONE } },
    });
    socket?.send(message.toBinary());
  }
  await waitFor('lines being left out', async () => (await server().metric(leftOut)) > 400);
  const isRefusal = (line: string) => line.includes('A track was refused') && line.includes('mallory');
  expect(server().log.filter(isRefusal).length).toBeLessThan(10);
  await expectTheOthersUnhurt();
  socket?.terminate();
});

test('who asks to join without end is refused, and who has joined notices nothing', async () => {
  const answers = await Promise.all(
    Array.from({ length: 200 }, () => upgrade(server().webSocketUrl, { token: 'none' })),
  );
  expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(100);
  expect(await server().metric(/^parley_signal_rejections_total\{status="429"\}/)).toBeGreaterThan(100);
  await expectTheOthersUnhurt();
});
