import { RtpSender } from '@parley/transport';
import { describe, expect, test } from 'vitest';
import type { Publication, Subscription } from '@parley/sfu';
import { receiver, World } from './support/world.js';

/** A camera in VP8, as the fake receiver has it, that could be sent in H264 too. */
function setup({ regression = false } = {}) {
  const world = new World();
  const room = world.sfu.room('lobby');
  const alice = world.join(room, 'alice');
  const camera = alice.participant.publish({
    kind: 'video',
    source: 'camera',
    name: 'camera',
    muted: false,
    backupCodecs: ['video/H264'],
    regression,
  });
  camera.attach(receiver('video'));
  const join = (identity: string) => world.join(room, identity);
  const wait = (milliseconds: number) => world.sfu.handleTimeout((world.now += milliseconds));
  const qualities = () => alice.told.clear().filter((line) => line.startsWith('quality'));
  return { camera, join, wait, qualities };
}

function subscriptionOf(camera: Publication, { participant }: ReturnType<World['join']>): Subscription {
  const subscription = participant.subscriptions.get(camera.sid);
  if (!subscription) throw new Error('not subscribed');
  return subscription;
}

function attach(subscription: Subscription, mimeType: string): void {
  const codec = subscription.publication.codecs.find((published) => published.mimeType === mimeType);
  const sender = new RtpSender(
    { mid: '0', kind: 'video', codecs: [{ mimeType, payloadType: 96, clockRate: 90_000 }] },
    {
      wireSession: 0,
      random: (bytes) => new Uint8Array(bytes),
      onTransportSequence: () => undefined,
      onClosed: () => undefined,
    },
  );
  subscription.attach(sender, codec);
}

describe('a publication with a backup codec', () => {
  test('feeds each subscriber from the codec that it gets', () => {
    const { camera, join } = setup();
    const joined = [join('bob'), join('carol')] as const;
    for (const { connect } of joined) connect();
    const [bob, carol] = [subscriptionOf(camera, joined[0]), subscriptionOf(camera, joined[1])];
    attach(bob, 'video/VP8');
    attach(carol, 'video/H264');
    expect(bob.forwarder).toBeDefined();
    expect(camera.codecs.map(({ forwarders }) => forwarders)).toEqual([[bob.forwarder], [carol.forwarder]]);
    carol.close();
    expect(camera.codecs.map(({ forwarders }) => forwarders.length)).toEqual([1, 0]);
  });

  test('is asked for the backup at once when somebody gets it, and to stop what nobody gets, later', () => {
    const { camera, join, qualities, wait } = setup();
    const carol = subscriptionOf(camera, join('carol'));
    attach(carol, 'video/H264');
    expect(qualities()).toEqual(['quality camera high,high']);
    wait(5100);
    expect(qualities()).toEqual(['quality camera off,high']);
    carol.close();
    wait(5100);
    expect(qualities()).toEqual(['quality camera off,off']);
  });

  test('gives the backup to those who had the other codec, where it is to be sent alone', () => {
    const { camera, join } = setup({ regression: true });
    const bob = join('bob');
    const before = subscriptionOf(camera, bob);
    attach(before, 'video/VP8');
    camera.attachBackup('video/H264', receiver('video'));
    expect(before.closed).toBe(true);
    expect(subscriptionOf(camera, bob)).not.toBe(before);
    expect(camera.codecsByPreference[0]).toBe(camera.codecs[1]);
  });

  test('has none any more, where it turns out to be sent in that codec from the start', () => {
    const world = new World();
    const { participant } = world.join(world.sfu.room('lobby'), 'alice');
    const camera = participant.publish({
      kind: 'video',
      source: 'camera',
      name: 'camera',
      muted: false,
      backupCodecs: ['video/VP8'],
    });
    camera.attach(receiver('video'));
    expect(camera.codecs.map(({ mimeType }) => mimeType)).toEqual(['video/VP8']);
  });
});
