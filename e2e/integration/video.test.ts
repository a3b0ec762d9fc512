import { VideoCodec } from '@livekit/rtc-node';
import { describe, expect, test } from 'vitest';
import { freshRoom, subscribedTrack, useParticipants } from '../support/participants.js';
import { type SeenPicture, usePictures, watch } from '../support/picture.js';
import { useServer } from '../support/server.js';

const server = useServer();
const join = useParticipants(server);
const picture = usePictures();

function expectMovingPicture(frames: SeenPicture[]): void {
  for (const frame of frames) expect(frame.quarters).toEqual(['red', 'green', 'blue']);
  const positions = new Set(frames.map(({ bar }) => bar?.toFixed(1)));
  expect(positions.size, 'places where the bar was seen').toBeGreaterThan(3);
}

/** Of the last frame; its size may be less than was captured, as the sender adapts to the machine's load. */
function aspectRatio(frames: SeenPicture[]): number {
  const last = frames.at(-1)!;
  return last.width / last.height;
}

describe.each([
  ['VP8', VideoCodec.VP8],
  ['VP9', VideoCodec.VP9],
  ['H264', VideoCodec.H264],
])('%s', (_, codec) => {
  test('the moving picture that one participant sends is what another one sees', async () => {
    const room = freshRoom();
    const [alice, bob] = await Promise.all([join(room, 'alice'), join(room, 'bob')]);
    const sent = picture({ codec });
    await sent.publish(alice);

    const frames = await watch(await subscribedTrack(bob, 'alice', sent.name), 40);

    expectMovingPicture(frames);
    expect(aspectRatio(frames)).toBeCloseTo(4 / 3, 1);
  });

  test('who joins late sees the picture too', async () => {
    const room = freshRoom();
    const alice = await join(room, 'alice');
    const sent = picture({ codec });
    await sent.publish(alice);

    for (const identity of ['bob', 'carol']) {
      const late = await join(room, identity);
      expectMovingPicture(await watch(await subscribedTrack(late, 'alice', sent.name), 30));
    }
  });
});

test('of a simulcast publication the others see the moving picture in its best size', async () => {
  const room = freshRoom();
  const [alice, bob] = await Promise.all([join(room, 'alice'), join(room, 'bob')]);
  const sent = picture({ width: 960, height: 540, simulcast: true });
  await sent.publish(alice);

  const frames = await watch(await subscribedTrack(bob, 'alice', sent.name), 60);

  expectMovingPicture(frames);
  // The middle layer would be 480 wide.
  expect(Math.max(...frames.map(({ width }) => width))).toBeGreaterThan(480);
});

test('two participants see each other', async () => {
  const room = freshRoom();
  const [alice, bob] = await Promise.all([join(room, 'alice'), join(room, 'bob')]);
  const [ofAlice, ofBob] = [picture(), picture({ width: 320, height: 180 })];
  await Promise.all([ofAlice.publish(alice), ofBob.publish(bob)]);

  const [seenByBob, seenByAlice] = await Promise.all([
    watch(await subscribedTrack(bob, 'alice', ofAlice.name), 30),
    watch(await subscribedTrack(alice, 'bob', ofBob.name), 30),
  ]);

  expectMovingPicture(seenByBob);
  expectMovingPicture(seenByAlice);
  expect(aspectRatio(seenByBob)).toBeCloseTo(4 / 3, 1);
  expect(aspectRatio(seenByAlice)).toBeCloseTo(16 / 9, 1);
});
