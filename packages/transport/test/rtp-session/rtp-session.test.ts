import { createCounters } from '@parley/core';
import { parseRtcp, writePli, type RtcpPacket } from '@parley/rtp';
import { TX, TxKind } from '@parley/wire';
import { describe, expect, test } from 'vitest';
import {
  rtpMetrics,
  RtpSession,
  SendBatch,
  type RtpReceiverParameters,
} from '../../src/rtp-session/index.js';
import { FakeWire, VP8_DELTA_FRAME, VP8_KEY_FRAME } from '../support/received.js';

const SSRC = 500;
const TRANSPORT_SEQUENCE = 3;
const WIRE_SESSION = 9;

const VIDEO: RtpReceiverParameters = {
  mid: '0',
  kind: 'video',
  codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 }],
  extensions: { transportSequence: TRANSPORT_SEQUENCE },
  ssrcs: [SSRC],
  rtxPairs: [],
  rids: [],
};

function setup({ packetsPerSecond = 1_000 } = {}) {
  const wire = new FakeWire({ slots: 512 });
  const batch = new SendBatch(wire);
  const counted = createCounters(rtpMetrics);
  const clock = { now: 0 };
  const deadlines: number[] = [];
  const session = new RtpSession(
    {
      packets: wire,
      batch,
      counted,
      packetsPerSecond,
      now: () => clock.now,
      random: (bytes) => new Uint8Array(bytes).fill(7),
    },
    { onDeadline: (deadline) => deadlines.push(deadline) },
  );
  session.open(WIRE_SESSION);
  const receive = (...sequences: number[]) => {
    for (const sequence of sequences) {
      const payload = sequence === 1 ? VP8_KEY_FRAME : VP8_DELTA_FRAME;
      const extensions = { [TRANSPORT_SEQUENCE]: [0, sequence] };
      session.receiveRtp(wire.receive([{ ssrc: SSRC, sequence, payload, extensions }]).rx, 0, 1, clock.now);
    }
  };
  /** RTCP that it writes at a time. */
  const written = (now: number): RtcpPacket[] => {
    clock.now = now;
    session.handleTimeout(now);
    batch.flush();
    return wire.sentBytes.splice(0).flatMap((bytes) => parseRtcp(bytes, 0, bytes.length).packets);
  };
  /** What it writes when, if it is called at its deadlines and at no other time. */
  const run = (until: number): string[] => {
    const lines: string[] = [];
    while (session.deadline <= until) {
      const now = Math.max(session.deadline, clock.now);
      for (const { type } of written(now)) lines.push(`${type} at ${now}`);
      expect(session.deadline).toBeGreaterThan(now);
    }
    clock.now = until;
    return lines;
  };
  return { wire, batch, counted, clock, session, deadlines, receive, written, run };
}

describe('RtpSession', () => {
  test('has nothing to do as long as nothing is sent or received', () => {
    const { session, deadlines } = setup();
    expect(session.deadline).toBe(Infinity);
    expect(deadlines).toEqual([]);
  });

  test('called at its deadlines alone it writes everything in time', () => {
    const { session, clock, receive, run } = setup();
    session.createReceiver(VIDEO);
    expect(run(100)).toEqual([]);
    receive(1, 2, 5);
    expect(run(210)).toEqual([
      'receiverReport at 100',
      'nack at 110',
      'transportFeedback at 150',
      'nack at 210',
    ]);
    clock.now = 215;
    receive(3, 4);
    expect(run(1_100)).toEqual(['transportFeedback at 265', 'receiverReport at 1100']);
  });

  test('says when something comes to be due earlier, and only then', () => {
    const { session, clock, deadlines, receive, run } = setup();
    session.createReceiver(VIDEO);
    receive(1);
    run(0);
    deadlines.length = 0;
    clock.now = 10;
    receive(2);
    receive(3);
    expect(deadlines).toEqual([]);
    receive(5);
    expect(deadlines).toEqual([20]);
  });

  test('asks for a key frame at once when one is wanted', () => {
    const { session, clock, receive, run } = setup();
    const receiver = session.createReceiver(VIDEO);
    receiver.addSink({
      onStream: (stream) => stream.requestKeyFrame(),
      onPackets: () => undefined,
      onAudioLevel: () => undefined,
    });
    clock.now = 5_000;
    receive(2);
    expect(run(5_000)).toContain('pli at 5000');
  });

  test('lets go of packets that are kept, also after the last has come', () => {
    const { wire, session, receive, run } = setup();
    session.createReceiver(VIDEO);
    wire.scarce = true;
    receive(1, 2, 3);
    expect(wire.kept).toBe(3);
    run(1_500);
    expect(wire.released).toHaveLength(3);
  });

  test('refuses a flood of RTP and of RTCP, each by itself, and says so in its counters', () => {
    const { session, counted, receive } = setup({ packetsPerSecond: 10 });
    session.createReceiver(VIDEO);
    receive(...Array.from({ length: 25 }, (_, index) => index + 1));
    expect(counted.rtpFlood).toBe(5);
    const pli = new Uint8Array(12);
    writePli(pli, 0, 1, 2);
    for (let count = 0; count < 2_001; count++) session.receiveRtcp(pli, 0);
    expect(counted).toMatchObject({ rtcpFlood: 1, keyFrameRequestsReceived: 2_000 });
  });

  test.each([100, 1_000_000])('takes as much video as %i packets a second allow', (packetsPerSecond) => {
    const { session, counted, receive } = setup({ packetsPerSecond });
    session.createReceiver(VIDEO);
    // Of the greatest limit, as many as a test has the time for.
    const count = Math.min(2 * packetsPerSecond, 10_000);
    for (let sequence = 1; sequence <= count; sequence++) receive(sequence);
    expect(counted.rtpFlood).toBe(0);
    if (count === 2 * packetsPerSecond) receive(count + 1);
    expect(counted.rtpFlood).toBe(count === 2 * packetsPerSecond ? 1 : 0);
  });

  test('a sender that was offered before the session was open sends over it', () => {
    const { session } = setup();
    const other = setup().session;
    const sender = other.createSender({ mid: '1', kind: 'video', codecs: VIDEO.codecs });
    other.open(12);
    expect(sender.wireSession).toBe(12);
    expect(session.createSender({ mid: '1', kind: 'video', codecs: VIDEO.codecs }).wireSession).toBe(
      WIRE_SESSION,
    );
  });

  test('a closed sender hears of no request any more', () => {
    const { session } = setup();
    const sender = session.createSender({ mid: '1', kind: 'video', codecs: VIDEO.codecs });
    let requests = 0;
    sender.observer = {
      onNack: () => 0,
      onPace: () => false,
      onKeyFrameRequest: () => (requests += 1),
      clock: () => undefined,
    };
    const pli = new Uint8Array(12);
    writePli(pli, 0, 1, sender.ssrc);
    session.receiveRtcp(pli, 0);
    sender.close();
    session.receiveRtcp(pli, 0);
    expect(requests).toBe(1);
  });

  test('begins to probe soon after there is more to send than the path is known to carry', () => {
    const { wire, session, clock, written } = setup();
    const codecs = [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000, rtxPayloadType: 97 }];
    session.createSender({ mid: '1', kind: 'video', codecs, transportSequence: TRANSPORT_SEQUENCE });
    written(0);
    clock.now = 300;
    session.bandwidth?.setDemand(3_000_000, 1_000_000, 300);
    expect(session.deadline).toBeLessThanOrEqual(305);
    wire.sent.length = 0;
    written(305);
    expect(wire.sent.filter((words) => words[TX.KIND] === TxKind.RTP_SCRATCH)).not.toEqual([]);
  });
});
