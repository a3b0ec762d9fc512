import { describe, expect, test } from 'vitest';
import type { Participant } from '@parley/sfu';
import { receiver, World } from './support/world.js';

const LAYERS = [
  { quality: 'low', width: 320, height: 180 },
  { quality: 'medium', width: 640, height: 360 },
  { quality: 'high', width: 1280, height: 720 },
] as const;

function setup() {
  const world = new World();
  const room = world.sfu.room('lobby');
  const alice = world.join(room, 'alice');
  const publication = alice.participant.publish({
    kind: 'video',
    source: 'camera',
    name: 'cam',
    muted: false,
    layers: LAYERS,
  });
  publication.attach(receiver('video'));
  const bob = world.join(room, 'bob');
  const carol = world.join(room, 'carol');
  const subscription = ({ participant }: { participant: Participant }) =>
    participant.subscriptions.get(publication.sid)!;
  const wants = (who: { participant: Participant }, width: number, height: number) => {
    subscription(who).setWanted({ quality: 'high', width, height });
  };
  const wait = (milliseconds: number) => world.sfu.handleTimeout((world.now += milliseconds));
  const qualities = () => alice.told.clear().filter((line) => line.startsWith('quality'));
  subscription(bob).setEnabled(true);
  qualities();
  return { alice, bob, carol, publication, subscription, wants, wait, qualities };
}

describe('dynacast', () => {
  test('a publisher is told to stop the layers that nobody wants, after five seconds', () => {
    const { bob, carol, wants, wait, qualities } = setup();
    wants(bob, 320, 180);
    wants(carol, 640, 360);
    wait(4900);
    expect(qualities()).toEqual([]);
    wait(200);
    expect(qualities()).toEqual(['quality cam medium']);
  });

  test('and to send them again at once', () => {
    const { bob, carol, wants, wait, qualities } = setup();
    wants(bob, 320, 180);
    wants(carol, 320, 180);
    wait(5100);
    expect(qualities()).toEqual(['quality cam low']);
    wants(bob, 1280, 720);
    expect(qualities()).toEqual(['quality cam high']);
  });

  test('who hides the track, or leaves, wants nothing of it', () => {
    const { bob, carol, wants, wait, qualities, subscription } = setup();
    wants(bob, 1280, 720);
    wants(carol, 1280, 720);
    subscription(bob).setEnabled(false);
    carol.participant.close('client-initiated');
    wait(5100);
    expect(qualities()).toEqual(['quality cam off']);
  });
});
