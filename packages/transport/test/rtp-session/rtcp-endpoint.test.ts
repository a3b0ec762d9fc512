import { createCounters } from '@parley/core';
import {
  parseRtcp,
  writeFir,
  writeNack,
  writePli,
  writeReceiverReport,
  writeSenderReport,
  type RtcpPacket,
} from '@parley/rtp';
import { describe, expect, test } from 'vitest';
import { RtcpEndpoint } from '../../src/rtp-session/rtcp-endpoint.js';
import { rtpMetrics } from '../../src/rtp-session/rtp-metrics.js';
import { RtpDemuxer } from '../../src/rtp-session/rtp-demuxer.js';
import { RtpReceiver } from '../../src/rtp-session/rtp-receiver.js';
import type { RtpReceiverParameters } from '../../src/rtp-session/rtp-receiver-parameters.js';
import { RtpSender } from '../../src/rtp-session/rtp-sender.js';
import { SendBatch } from '../../src/rtp-session/send-batch.js';
import { SenderGroup } from '../../src/rtp-session/sender-group.js';
import { FakeWire, VP8_DELTA_FRAME, VP8_KEY_FRAME } from '../support/received.js';

const SSRC = 500;
const TRANSPORT_SEQUENCE = 3;
const SEND_TIME = 4;

function setup({
  extensions = { transportSequence: TRANSPORT_SEQUENCE },
}: { extensions?: RtpReceiverParameters['extensions'] } = {}) {
  const wire = new FakeWire({ slots: 512 });
  const batch = new SendBatch(wire);
  const counted = createCounters(rtpMetrics);
  const context = { packets: wire, batch, counted, random: (bytes: number) => new Uint8Array(bytes).fill(7) };
  const demuxer = new RtpDemuxer(context);
  const senders = new SenderGroup({
    batch,
    counted: createCounters(rtpMetrics),
    onUrgent: () => undefined,
  });
  const session = new RtcpEndpoint(context, 'AVPF', demuxer, senders);
  const receiver = new RtpReceiver(
    {
      mid: '0',
      kind: 'video',
      codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 }],
      extensions,
      ssrcs: [SSRC],
      rtxPairs: [],
      rids: [],
    },
    { onClosed: () => undefined, requestKeyFrame: (stream) => stream.keyFrames.request(0) },
  );
  demuxer.addReceiver(receiver);
  const sender = new RtpSender(
    { mid: '1', kind: 'video', codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 }] },
    {
      wireSession: 1,
      random: context.random,
      onTransportSequence: () => undefined,
      onClosed: () => undefined,
    },
  );
  senders.add(sender);
  const receive = (now: number, ...sequences: number[]) => {
    for (const sequence of sequences) {
      const payload = sequence === 1 ? VP8_KEY_FRAME : VP8_DELTA_FRAME;
      const extensions = { [TRANSPORT_SEQUENCE]: [0, sequence] };
      const { rx } = wire.receive([{ ssrc: SSRC, sequence, payload, extensions }]);
      demuxer.receive(rx, 0, 1, now);
    }
  };
  const write = (now: number): RtcpPacket[] => {
    session.handleTimeout(9, now);
    batch.flush();
    return wire.sentBytes.splice(0).flatMap((bytes) => parseRtcp(bytes, 0, bytes.length).packets);
  };
  const give = (now: number, build: (out: Uint8Array) => number) => {
    const out = new Uint8Array(1500);
    session.receive(out.subarray(0, build(out)), now);
  };
  return { wire, counted, session, sender, demuxer, receive, write, give };
}

describe('toward the publisher', () => {
  test('a lost packet is asked for', () => {
    const { receive, write, counted } = setup();
    receive(1000, 1, 2, 5);
    const nack = write(1020).find(({ type }) => type === 'nack');
    expect(nack).toMatchObject({ mediaSsrc: SSRC, sequences: [3, 4] });
    expect(counted.nacksSent).toBe(2);
  });

  test('a key frame that is wanted is asked for until it comes', () => {
    const { receive, write, demuxer } = setup();
    receive(1000, 3);
    demuxer.stream(SSRC)!.keyFrames.request(1000);
    const asked = (now: number) => write(now).filter(({ type }) => type === 'pli').length;
    expect(asked(1000)).toBe(1);
    expect(asked(1050)).toBe(0);
    expect(asked(1250)).toBe(1);
    demuxer.stream(SSRC)!.keyFrames.keyFrame();
    expect(asked(2000)).toBe(0);
  });

  test('transport-wide feedback tells what arrived and what did not', () => {
    const { receive, write } = setup();
    receive(1000, 1, 2, 4);
    const feedback = write(1050).find(({ type }) => type === 'transportFeedback');
    expect(feedback).toMatchObject({ mediaSsrc: SSRC });
    expect(JSON.stringify(feedback)).toContain('4');
  });

  test('a publisher that numbers no packets over all its streams is told by REMB what its path carries', () => {
    const { wire, demuxer, write } = setup({ extensions: { absSendTime: SEND_TIME } });
    const rembs: RtcpPacket[] = [];
    // Three times as long on the way as it took to send: a third of what is sent goes through.
    for (let sequence = 1; sequence < 600; sequence++) {
      const sendTime = Math.round((sequence * 10 * 2 ** 18) / 1000) % 2 ** 24;
      const extensions = { [SEND_TIME]: [sendTime >> 16, (sendTime >> 8) & 0xff, sendTime & 0xff] };
      const payload = [...VP8_DELTA_FRAME, ...new Array<number>(996).fill(0)];
      const now = 1000 + sequence * 30;
      demuxer.receive(wire.receive([{ ssrc: SSRC, sequence, payload, extensions }]).rx, 0, 1, now);
      rembs.push(...write(now).filter(({ type }) => type === 'remb'));
    }
    expect(rembs.length).toBeGreaterThan(5);
    expect(rembs.at(-1)).toMatchObject({ ssrcs: [SSRC] });
    const told = rembs.map((remb) => (remb.type === 'remb' ? remb.bitrate : 0));
    // 1,064 bytes every 30 ms arrive, 284 kbit/s.
    expect(told[0]).toBeLessThan(284_000);
    expect(Math.min(...told)).toBeGreaterThanOrEqual(30_000);
  });

  test('reports tell the loss', () => {
    const { receive, write } = setup();
    write(500);
    receive(1000, 1, 2, 3, 5);
    const report = write(2000).find(({ type }) => type === 'receiverReport');
    expect(report).toMatchObject({
      reports: [{ ssrc: SSRC, cumulativeLost: 1, extendedHighestSequence: 5 }],
    });
  });
});

describe('toward the subscriber', () => {
  test('what it asks for again, and key frames, reach whoever feeds the sender', () => {
    const { sender, give, counted } = setup();
    const nacked: number[][] = [];
    let keyFrames = 0;
    sender.observer = {
      onNack: (sequences) => nacked.push([...sequences]),
      onPace: () => false,
      onKeyFrameRequest: () => (keyFrames += 1),
      clock: () => undefined,
    };
    give(0, (out) => writeNack(out, 0, 1, sender.ssrc, [5, 6, 30], 3));
    give(0, (out) => writePli(out, 0, 1, sender.ssrc));
    give(0, (out) => writeFir(out, 0, 1, [{ ssrc: sender.ssrc, sequence: 1 }]));
    expect(nacked).toEqual([[5, 6, 30]]);
    expect(keyFrames).toBe(2);
    expect(counted).toMatchObject({ nacksReceived: 3, retransmissionsSent: 1, retransmissionsRefused: 2 });
  });

  test("sender reports carry the publisher's clock and a cname, and their answers give the round-trip time", () => {
    const { sender, write, give } = setup();
    const reference = { ntpSeconds: 1000, ntpFraction: 0, rtpTimestamp: 90, receivedAt: 0 };
    sender.observer = {
      onNack: () => 0,
      onPace: () => false,
      onKeyFrameRequest: () => undefined,
      clock: () => ({ reference, timestampOffset: 10 }),
    };
    sender.reports.sent(100);
    const packets = write(1000);
    expect(packets.map(({ type }) => type)).toEqual(['senderReport', 'sourceDescription']);
    expect(packets[0]).toMatchObject({
      ssrc: sender.ssrc,
      ntpSeconds: 1001,
      rtpTimestamp: 90_100,
      octetCount: 100,
    });
    const block = {
      ssrc: sender.ssrc,
      fractionLost: 0,
      cumulativeLost: 0,
      extendedHighestSequence: 0,
      jitter: 0,
      lastSenderReport: (1001 << 16) >>> 0,
      delaySinceLastSenderReport: 65_536 / 2,
    };
    give(1580, (out) => writeReceiverReport(out, 0, { ssrc: 1, reports: [block] }));
    expect(sender.rtt).toBeCloseTo(80, 0);
  });

  test('nothing is reported of a stream that nothing was sent of', () => {
    const { sender, write } = setup();
    const reference = { ntpSeconds: 1, ntpFraction: 0, rtpTimestamp: 0, receivedAt: 0 };
    sender.observer = {
      onNack: () => 0,
      onPace: () => false,
      onKeyFrameRequest: () => undefined,
      clock: () => ({ reference, timestampOffset: 0 }),
    };
    expect(write(1000)).toEqual([]);
  });
});

test('malformed RTCP is counted and the valid packets before it are used', () => {
  const { give, counted, demuxer, receive } = setup();
  receive(0, 1);
  give(10, (out) => {
    const size = writeSenderReport(out, 0, {
      ssrc: SSRC,
      ntpSeconds: 5,
      ntpFraction: 0,
      rtpTimestamp: 1,
      packetCount: 1,
      octetCount: 1,
      reports: [],
    });
    out[size] = 0xff;
    return size + 3;
  });
  expect(counted.rtcpMalformed).toBe(1);
  expect(demuxer.stream(SSRC)!.statistics.clockReference).toMatchObject({ ntpSeconds: 5 });
});
