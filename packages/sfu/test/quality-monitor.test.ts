import type { Participant, Publication } from '@parley/sfu';
import { RtpSender } from '@parley/transport';
import { expect, test } from 'vitest';
import { receiver, World } from './support/world.js';

function qualities(lines: string[]): string[] {
  return lines.filter((line) => line.startsWith('qualities'));
}

function publishMicrophone(participant: Participant): Publication {
  const microphone = participant.publish({ kind: 'audio', source: 'microphone', name: 'mic', muted: false });
  microphone.attach(receiver('audio'));
  return microphone;
}

test('whoever is active is told of itself and of those it receives once, and of changes then', () => {
  const world = new World();
  const room = world.sfu.room('lobby');
  const alice = world.join(room, 'alice');
  const bob = world.join(room, 'bob');
  publishMicrophone(alice.participant);
  alice.connect();
  world.sfu.handleTimeout(5000);
  expect(qualities(alice.told.clear())).toEqual(['qualities alice:excellent']);
  bob.connect();
  world.sfu.handleTimeout(10_000);
  expect(qualities(bob.told.clear())).toEqual(['qualities bob:excellent,alice:excellent']);
  expect(qualities(alice.told.clear())).toEqual([]);
  world.sfu.handleTimeout(15_000);
  expect(qualities(bob.told.clear())).toEqual([]);
});

test('nobody is told of those that it does not receive, until it does', () => {
  const world = new World();
  const room = world.sfu.room('lobby');
  const alice = world.join(room, 'alice');
  const bob = world.join(room, 'bob');
  alice.connect();
  bob.connect();
  world.sfu.handleTimeout(5000);
  expect(qualities(bob.told.clear())).toEqual(['qualities bob:excellent']);
  publishMicrophone(alice.participant);
  world.sfu.handleTimeout(10_000);
  expect(qualities(bob.told.clear())).toEqual(['qualities alice:excellent']);
});

test('nobody is told of the quality of a hidden participant', () => {
  const world = new World();
  const room = world.sfu.room('lobby');
  const alice = world.join(room, 'alice');
  const hidden = world.join(room, 'hidden', { permissions: { hidden: true } });
  publishMicrophone(hidden.participant);
  alice.connect();
  hidden.connect();
  world.sfu.handleTimeout(5000);
  expect(qualities(alice.told.clear())).toEqual(['qualities alice:excellent']);
  expect(qualities(hidden.told.clear())).toEqual(['qualities hidden:excellent']);
});

test('what a subscriber reports is measured: loss by track, and the way there and back', () => {
  const world = new World();
  const room = world.sfu.room('lobby');
  const alice = world.join(room, 'alice');
  const bob = world.join(room, 'bob');
  bob.connect();
  const publication = publishMicrophone(alice.participant);
  const sender = new RtpSender(
    { mid: '1', kind: 'audio', codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000 }] },
    {
      wireSession: 0,
      random: (bytes) => new Uint8Array(bytes),
      onTransportSequence: () => undefined,
      onClosed: () => undefined,
    },
  );
  bob.participant.subscriptions.get(publication.sid)?.attach(sender);
  const reportAt = (now: number, cumulativeLost: number, extendedHighestSequence: number) => {
    const reference = { ntpSeconds: now, ntpFraction: 0, rtpTimestamp: 0, receivedAt: now - 40 };
    const { ntpSeconds, ntpFraction } = sender.reports.build(reference, 0, now - 40);
    const lastSenderReport = ((ntpSeconds & 0xffff) << 16) | (ntpFraction >>> 16);
    sender.receiveReport(
      {
        ssrc: 1,
        fractionLost: 0,
        jitter: 0,
        lastSenderReport: lastSenderReport >>> 0,
        delaySinceLastSenderReport: 0,
        cumulativeLost,
        extendedHighestSequence,
      },
      now,
    );
  };
  reportAt(4_990, 0, 100);
  world.sfu.handleTimeout(5_000);
  reportAt(9_990, 10, 200);
  world.sfu.handleTimeout(10_000);
  const { roundTrip, sentLoss, receivedLoss } = world.sfu.metrics().measurements;
  expect(sentLoss.sum).toBe(0.1);
  expect(sentLoss.counts.reduce((sum, count) => sum + count)).toBe(1);
  expect(roundTrip.sum).toBeCloseTo(0.08);
  expect(receivedLoss.counts.every((count) => count === 0)).toBe(true);
});
