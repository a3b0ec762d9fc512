import type { Room } from '@livekit/rtc-node';
import { describe, expect, test } from 'vitest';
import { type ClientLink, useLinkedServer } from '../support/lossy-link.js';
import { freshRoom, me, subscribedTrack, useParticipants } from '../support/participants.js';
import { usePictures, watch } from '../support/picture.js';
import { hearContinuously, useTones } from '../support/tone.js';
import { pause, waitFor } from '../support/wait.js';

/** A machine that stands still for a second does to a call what a bad link does: then it is tried again. */
const RETRY = { retry: 2 };
/** Until the receiver's jitter buffer has found out how long packets may take. */
const SETTLE_SECONDS = 4;

const { server, link } = useLinkedServer();
const join = useParticipants(server);
const tone = useTones();
const picture = usePictures();

/** Alice publishes a tone and a picture over her link, and Bob receives them over his. */
async function aliceAndBob(links: { alice?: ClientLink; bob?: ClientLink }) {
  const roomName = freshRoom();
  const lost: string[] = [];
  const joined = async (identity: 'alice' | 'bob') => {
    link().expect(identity, links[identity]);
    return join(roomName, identity, {
      prepare: (room) => {
        room.on('reconnecting', () => lost.push(`${identity} reconnects`));
        room.on('disconnected', () => lost.push(`${identity} is disconnected`));
      },
    });
  };
  const alice = await joined('alice');
  const [sound, image] = [tone(440), picture()];
  await sound.publish(alice);
  await image.publish(alice);
  const bob = await joined('bob');
  return {
    alice,
    bob,
    lost,
    sound: await subscribedTrack(bob, 'alice', sound.name),
    image: await subscribedTrack(bob, 'alice', image.name),
  };
}

/** Frames per second that are seen, over some frames. */
async function frameRate(image: Parameters<typeof watch>[0]): Promise<number> {
  const count = 100;
  await watch(image, 1);
  const start = performance.now();
  await watch(image, count);
  return (count * 1_000) / (performance.now() - start);
}

async function expectDataInOrder(from: Room, to: Room): Promise<void> {
  const received: string[] = [];
  to.on('dataReceived', (payload: Uint8Array) => received.push(new TextDecoder().decode(payload)));
  const sent = Array.from({ length: 200 }, (_, i) => `message ${i}`);
  for (const message of sent) {
    await me(from).publishData(new TextEncoder().encode(message), { reliable: true });
  }
  await waitFor('all data', () => received.length >= sent.length, 30_000);
  expect(received).toEqual(sent);
}

describe.each<[string, ClientLink]>([
  ['2% loss', { up: { loss: 0.02 }, down: { loss: 0.02 } }],
  ['5% loss', { up: { loss: 0.05 }, down: { loss: 0.05 } }],
  [
    '100 ms of delay and 30 ms of jitter',
    { up: { delay: 100, jitter: 30 }, down: { delay: 100, jitter: 30 } },
  ],
  [
    'datagrams that overtake each other or come twice',
    { up: { reorder: 0.1, duplicate: 0.05 }, down: { reorder: 0.1, duplicate: 0.05 } },
  ],
])('over links with %s', (_, bad) => {
  test('a tone is heard without breaks, a picture is seen moving, data comes in order', RETRY, async () => {
    const { alice, bob, sound, image, lost } = await aliceAndBob({ alice: bad, bob: bad });
    expect(await hearContinuously(sound, 440, 5, SETTLE_SECONDS)).toBeGreaterThan(0.95);
    expect(await frameRate(image)).toBeGreaterThan(15);
    await Promise.all([expectDataInOrder(alice, bob), expectDataInOrder(bob, alice)]);
    expect(lost).toEqual([]);
  });
});

test('three seconds without any datagram are over when they are over', RETRY, async () => {
  const { bob, sound, image, lost } = await aliceAndBob({});
  expect(await hearContinuously(sound, 440, 1)).toBeGreaterThan(0.95);
  const sid = me(bob).sid;

  link().set('bob', { up: { loss: 1 }, down: { loss: 1 } });
  await pause(3_000);
  link().set('bob', {});

  await pause(2_000);
  expect(await hearContinuously(sound, 440, 3)).toBeGreaterThan(0.95);
  expect(await frameRate(image)).toBeGreaterThan(15);
  expect(me(bob).sid).toBe(sid);
  expect(lost).toEqual([]);
});

test.each(['alice', 'bob'])('media goes on when the address of %s changes', RETRY, async (mover) => {
  const { sound, image, lost } = await aliceAndBob({});
  expect(await hearContinuously(sound, 440, 1)).toBeGreaterThan(0.95);

  link().rebind(mover);

  await pause(4_000);
  expect(await hearContinuously(sound, 440, 3)).toBeGreaterThan(0.95);
  expect(await frameRate(image)).toBeGreaterThan(15);
  expect(lost).toEqual([]);
});
