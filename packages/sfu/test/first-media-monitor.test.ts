import { createCounters } from '@parley/core';
import { rtpMetrics, ReceiveStream, RtpReceiver, RtpSender } from '@parley/transport';
import { describe, expect, test } from 'vitest';
import type { Participant } from '@parley/sfu';
import { World } from './support/world.js';

const CODECS = [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000 }];
const MEMORY = {
  pool: new Uint8Array(),
  full: false,
  scarce: false,
  keep: () => undefined,
  release: () => undefined,
};

function setup() {
  const world = new World();
  const room = world.sfu.room('lobby');
  const wait = (milliseconds: number) => world.sfu.handleTimeout((world.now += milliseconds));
  const measured = () => {
    const { counts, sum } = world.sfu.metrics().measurements.firstMedia;
    return { count: counts.reduce((all, inBucket) => all + inBucket, 0), sum };
  };
  return { world, room, wait, measured };
}

function publish(participant: Participant, muted = false) {
  const publication = participant.publish({ kind: 'audio', source: 'microphone', name: 'mic', muted });
  const receiver = new RtpReceiver(
    { mid: '0', kind: 'audio', codecs: CODECS, extensions: {}, ssrcs: [], rtxPairs: [], rids: [] },
    { onClosed: () => undefined, requestKeyFrame: () => undefined },
  );
  publication.attach(receiver);
  return {
    publication,
    firstPacket: () =>
      publication.onStream(new ReceiveStream(1, '', receiver, MEMORY, createCounters(rtpMetrics))),
  };
}

function sender(): RtpSender {
  return new RtpSender(
    { mid: '1', kind: 'audio', codecs: CODECS },
    {
      wireSession: 0,
      random: (bytes) => new Uint8Array(bytes),
      onTransportSequence: () => undefined,
      onClosed: () => undefined,
    },
  );
}

describe('the time to first media', () => {
  test('ends with the first packet from a participant that publishes', () => {
    const { world, room, wait, measured } = setup();
    const alice = world.join(room, 'alice');
    wait(100);
    const { firstPacket } = publish(alice.participant);
    alice.connect();
    wait(100);
    expect(measured().count).toBe(0);
    firstPacket();
    wait(50);
    expect(measured()).toEqual({ count: 1, sum: 0.25 });
    wait(1000);
    expect(measured().count).toBe(1);
  });

  test('ends with the first packet to a participant that only listens', () => {
    const { world, room, wait, measured } = setup();
    const { publication } = publish(world.join(room, 'alice').participant);
    const bob = world.join(room, 'bob');
    bob.connect();
    const to = sender();
    bob.participant.subscriptions.get(publication.sid)?.attach(to);
    wait(300);
    expect(measured().count).toBe(0);
    to.reports.sent(80);
    wait(60);
    expect(measured()).toEqual({ count: 1, sum: 0.36 });
  });

  test('is not measured of whoever is alone, or among the muted, when the connection comes about', () => {
    const { world, room, wait, measured } = setup();
    const alice = world.join(room, 'alice');
    const { publication, firstPacket } = publish(alice.participant, true);
    const bob = world.join(room, 'bob');
    alice.connect();
    bob.connect();
    wait(60);
    publication.setMuted(false);
    firstPacket();
    wait(60_000);
    expect(measured().count).toBe(0);
  });

  test('is not measured when what there was is muted before it came', () => {
    const { world, room, wait, measured } = setup();
    const { publication } = publish(world.join(room, 'alice').participant);
    const bob = world.join(room, 'bob');
    bob.connect();
    const to = sender();
    bob.participant.subscriptions.get(publication.sid)?.attach(to);
    wait(60);
    publication.setMuted(true);
    wait(60);
    publication.setMuted(false);
    to.reports.sent(80);
    wait(60_000);
    expect(measured().count).toBe(0);
  });

  test('is not measured of whoever leaves before', () => {
    const { world, room, wait, measured } = setup();
    const alice = world.join(room, 'alice');
    const { firstPacket } = publish(alice.participant);
    alice.connect();
    wait(60);
    firstPacket();
    alice.participant.close('client-initiated');
    wait(60);
    expect(measured().count).toBe(0);
  });
});
