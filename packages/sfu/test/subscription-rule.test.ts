import { expect, test } from 'vitest';
import { World, receiver } from './support/world.js';

function setUp() {
  const world = new World();
  const room = world.sfu.room('lobby');
  const alice = world.join(room, 'alice').participant;
  const bob = world.join(room, 'bob');
  const carol = world.join(room, 'carol');
  const publication = alice.publish({ kind: 'audio', source: 'microphone', name: 'mic', muted: false });
  publication.attach(receiver('audio'));
  bob.told.clear();
  return { alice, bob, carol, publication };
}

test('a subscription that the publisher withdraws ends, and those of others stay', () => {
  const { alice, bob, carol, publication } = setUp();
  alice.setSubscriptionRule(({ identity }) => identity !== 'bob');
  expect(bob.participant.subscriptions.size).toBe(0);
  expect(carol.participant.subscriptions.get(publication.sid)?.closed).toBe(false);
  expect(bob.told.clear()).toEqual(['may not subscribe to mic', 'subscriptions']);
});

test('a permission that is given back is told, and the track subscribed again', () => {
  const { alice, bob } = setUp();
  alice.setSubscriptionRule(() => false);
  bob.told.clear();
  alice.setSubscriptionRule(() => true);
  expect(bob.told.clear()).toEqual(['may subscribe to mic', 'subscriptions']);
  expect(bob.participant.subscriptions.size).toBe(1);
});

test('a rule holds for what is published later, and is told once', () => {
  const { alice, bob } = setUp();
  alice.setSubscriptionRule((_, { name }) => name === 'mic');
  const video = alice.publish({ kind: 'video', source: 'camera', name: 'cam', muted: false });
  video.attach(receiver('video'));
  bob.participant.reconcile();
  const lines = bob.told.clear();
  expect(lines.filter((line) => line.includes('subscribe'))).toEqual(['may not subscribe to cam']);
  expect(bob.participant.subscriptions.size).toBe(1);
});
