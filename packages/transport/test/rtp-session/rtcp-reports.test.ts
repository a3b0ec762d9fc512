import { createCounters } from '@parley/core';
import { parseRtcp, type RtcpPacket } from '@parley/rtp';
import { describe, expect, test } from 'vitest';
import {
  rtpMetrics,
  RtpSession,
  SendBatch,
  type RtcpProfile,
  type RtpReceiverParameters,
  type RtpSender,
} from '../../src/rtp-session/index.js';
import { FakeWire } from '../support/received.js';

const RTP_SESSION = 9;
const RTCP_SESSION = 10;
const VIDEO_SSRC = 900;
const CODECS = [{ mimeType: 'audio/PCMU', payloadType: 0, clockRate: 8_000 }];
const AUDIO: RtpReceiverParameters = {
  mid: '0',
  kind: 'audio',
  codecs: CODECS,
  extensions: {},
  ssrcs: [],
  rtxPairs: [],
  rids: [],
};
const VIDEO: RtpReceiverParameters = {
  ...AUDIO,
  mid: '1',
  kind: 'video',
  codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 }],
};

function setup(profile: RtcpProfile = 'AVP') {
  const wire = new FakeWire({ slots: 512 });
  const batch = new SendBatch(wire);
  const clock = { now: 0 };
  let seed = 0;
  const session = new RtpSession(
    {
      packets: wire,
      batch,
      counted: createCounters(rtpMetrics),
      packetsPerSecond: 1_000,
      now: () => clock.now,
      random: (bytes) => new Uint8Array(bytes).fill((seed += 1)),
    },
    { onDeadline: () => undefined },
    profile,
  );
  session.open(RTP_SESSION, RTCP_SESSION);
  session.createReceiver(AUDIO);
  const receive = (ssrc: number, ...sequences: number[]) => {
    const payloadType = ssrc === VIDEO_SSRC ? 96 : 0;
    for (const sequence of sequences)
      session.receiveRtp(wire.receive([{ ssrc, sequence, payloadType }]).rx, 0, 1, clock.now);
  };
  /** Packets written since the last time, each as what it is compounded of. */
  const written = (): RtcpPacket[][] => {
    batch.flush();
    expect(new Set(wire.sent.splice(0).map(([, wireSession]) => wireSession))).not.toContain(RTP_SESSION);
    return wire.sentBytes.splice(0).map((bytes) => {
      const { packets, malformed } = parseRtcp(bytes, 0, bytes.length);
      expect(malformed).toBe(false);
      return packets;
    });
  };
  const handleTimeout = (now: number): RtcpPacket[][] => {
    clock.now = now;
    session.handleTimeout(now);
    return written();
  };
  /** A stream that packets were sent of, and whose publisher's clock is known. */
  const send = (): RtpSender => {
    const sender = session.createSender({ mid: '2', kind: 'audio', codecs: CODECS });
    const reference = { ntpSeconds: 1000, ntpFraction: 0, rtpTimestamp: 0, receivedAt: 0 };
    sender.observer = {
      onNack: () => 0,
      onPace: () => false,
      onKeyFrameRequest: () => undefined,
      clock: () => ({ reference, timestampOffset: 0 }),
    };
    sender.reports.sent(160);
    return sender;
  };
  return { session, receive, handleTimeout, send, written };
}

const typesOf = (packets: RtcpPacket[][]) => packets.map((compound) => compound.map(({ type }) => type));

describe('with a peer that knows compound reports only', () => {
  test('each packet begins with a report and names its source, every five seconds', () => {
    const { session, receive, handleTimeout } = setup();
    receive(500, 1, 2, 4);
    const [compound = [], ...further] = handleTimeout(0);
    expect(compound).toMatchObject([
      { type: 'receiverReport', reports: [{ ssrc: 500, cumulativeLost: 1, extendedHighestSequence: 4 }] },
      { type: 'sourceDescription', chunks: [{ cname: expect.stringMatching(/^[\w-]{11}$/) as string }] },
    ]);
    expect(further).toEqual([]);
    expect(handleTimeout(4_999)).toEqual([]);
    expect(session.deadline).toBe(5_000);
    expect(typesOf(handleTimeout(5_000))).toEqual([['receiverReport', 'sourceDescription']]);
  });

  test.each([
    ['AVP', []],
    ['AVPF', ['nack', 'pli']],
  ] as const)('one of %s is asked for %j of what is missing', (profile, expected) => {
    const { session, receive, handleTimeout } = setup(profile);
    session.createReceiver(VIDEO).addSink({
      onStream: (stream) => {
        stream.requestKeyFrame();
      },
      onPackets: () => undefined,
      onAudioLevel: () => undefined,
    });
    receive(VIDEO_SSRC, 1, 5);
    const asked = [];
    for (let now = 0; now < 2_000; now += 5) asked.push(...typesOf(handleTimeout(now)).flat());
    const reports = ['receiverReport', 'sourceDescription'];
    expect([...new Set(asked)].filter((type) => !reports.includes(type)).sort()).toEqual(expected);
  });

  test('one source tells both: what it sends and what it received', () => {
    const { receive, handleTimeout, send } = setup();
    const sender = send();
    receive(500, 1);
    expect(handleTimeout(0)).toMatchObject([
      [
        {
          type: 'senderReport',
          ssrc: sender.ssrc,
          packetCount: 1,
          octetCount: 160,
          reports: [{ ssrc: 500 }],
        },
        { type: 'sourceDescription', chunks: [{ ssrc: sender.ssrc }] },
      ],
    ]);
  });

  test('a source that has sent nothing yet reports under the name that it will have', () => {
    const { session, handleTimeout } = setup();
    const sender = session.createSender({ mid: '2', kind: 'audio', codecs: CODECS });
    expect(handleTimeout(0)).toMatchObject([
      [{ type: 'receiverReport', ssrc: sender.ssrc, reports: [] }, { type: 'sourceDescription' }],
    ]);
  });

  test('more streams than one report has room for go into several packets, each of them whole', () => {
    const { receive, handleTimeout, send } = setup();
    send();
    send();
    for (let ssrc = 1; ssrc <= 64; ssrc++) receive(ssrc, 1);
    const packets = handleTimeout(0);
    expect(typesOf(packets)).toEqual([
      ['senderReport', 'sourceDescription'],
      ['senderReport', 'sourceDescription'],
      ['receiverReport', 'sourceDescription'],
    ]);
    const counts = packets.map(([report]) => (report && 'reports' in report ? report.reports.length : 0));
    expect(counts).toEqual([31, 31, 2]);
  });

  test('it is told when the streams end that it got', () => {
    const { session, receive, send, written } = setup();
    const sent = send();
    session.createSender({ mid: '3', kind: 'audio', codecs: CODECS });
    receive(500, 1);
    session.writeGoodbye(0);
    expect(written()).toMatchObject([
      [
        { type: 'senderReport', reports: [{ ssrc: 500 }] },
        { type: 'sourceDescription' },
        { type: 'goodbye', ssrcs: [sent.ssrc] },
      ],
    ]);
  });

  test('who sent nothing says goodbye too', () => {
    const { session, written } = setup();
    session.writeGoodbye(0);
    expect(written()).toMatchObject([
      [{ type: 'receiverReport' }, { type: 'sourceDescription' }, { type: 'goodbye', ssrcs: [0x0101_0101] }],
    ]);
  });
});

test('with a peer that takes feedback, reports go out each second and each by itself', () => {
  const { receive, handleTimeout, send } = setup('AVPF');
  send();
  receive(500, 1);
  expect(typesOf(handleTimeout(0))).toEqual([['receiverReport'], ['senderReport', 'sourceDescription']]);
  expect(handleTimeout(999)).toEqual([]);
  expect(handleTimeout(1_000)).toHaveLength(2);
});
