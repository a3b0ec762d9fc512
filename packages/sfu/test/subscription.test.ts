import type { ReceiveStream } from '@parley/transport';
import { expect, test } from 'vitest';
import type { Subscription } from '@parley/sfu';
import { receiver, sender, World } from './support/world.js';

function setup() {
  const world = new World();
  const room = world.sfu.room('lobby');
  const alice = world.join(room, 'alice');
  const publication = alice.participant.publish({
    kind: 'video',
    source: 'camera',
    name: 'cam',
    muted: false,
  });
  const camera = receiver('video');
  publication.attach(camera);
  const bob = world.join(room, 'bob');
  bob.connect();
  const subscription = bob.participant.subscriptions.get(publication.sid)!;
  const attach = () => {
    const attached = sender('video');
    subscription.attach(attached);
    return attached;
  };
  const states = () => bob.told.clear().filter((line) => /(active|paused)$/.test(line));
  states();
  /** The publisher's stream, and how often a key frame of it was asked for. */
  const stream = () => {
    let requests = 0;
    const fake: Pick<ReceiveStream, 'receiver' | 'rid' | 'requestKeyFrame'> = {
      receiver: camera,
      rid: '',
      requestKeyFrame: () => (requests += 1),
    };
    publication.onStream(fake as ReceiveStream);
    return () => requests;
  };
  return { world, stream, subscription, attach, states };
}

test('a subscriber is told that it gets nothing, though it wanted nothing when room ran out', () => {
  const { world, subscription, attach, states } = setup();
  attach();
  subscription.setWanted({ quality: 'off', width: 0, height: 0 });
  subscription.setAllocated(-1);
  expect(states()).toEqual([]);
  subscription.setWanted({ quality: 'high', width: 0, height: 0 });
  expect(subscription.state).toBe('active');
  subscription.setAllocated(-1);
  expect(states()).toEqual(['camera is paused']);
  expect(world.sfu.metrics()).toMatchObject({ paused: 1, pauses: 1 });
  subscription.setWanted({ quality: 'off', width: 0, height: 0 });
  expect(states()).toEqual(['camera is active']);
  expect(world.sfu.metrics()).toMatchObject({ paused: 0, pauses: 1 });
});

test.each([
  ['disabled', (subscription: Subscription) => subscription.setEnabled(false)],
  ['without a media section', (subscription: Subscription) => subscription.detach()],
])('a track that is %s is not paused for want of bandwidth any more', (_, stop) => {
  const { subscription, attach, states } = setup();
  attach();
  subscription.setAllocated(-1);
  expect(states()).toEqual(['camera is paused']);
  stop(subscription);
  expect(states()).toEqual(['camera is active']);
  subscription.setEnabled(true);
  attach();
  subscription.setAllocated(-1);
  expect(states()).toEqual(['camera is paused']);
});

test('a subscriber that gets nothing yet can ask for a key frame', () => {
  const { stream, attach } = setup();
  const { observer } = attach();
  const requests = stream();
  const before = requests();
  observer?.onKeyFrameRequest();
  expect(requests()).toBe(before + 1);
});
