import { createCounters } from '@parley/core';
import { RX, RX_DROPPED, RX_KEEP, RX_KEY_FRAME, RX_WORDS } from '@parley/wire';
import { describe, expect, test } from 'vitest';
import type { ReceiveStream } from '../../src/rtp-session/receive-stream.js';
import { rtpMetrics } from '../../src/rtp-session/rtp-metrics.js';
import { RtpDemuxer } from '../../src/rtp-session/rtp-demuxer.js';
import { RtpReceiver } from '../../src/rtp-session/rtp-receiver.js';
import type { RtpReceiverParameters } from '../../src/rtp-session/rtp-receiver-parameters.js';
import { SendBatch } from '../../src/rtp-session/send-batch.js';
import { FakeWire, VP8_DELTA_FRAME, VP8_KEY_FRAME, type ReceivedRtp } from '../support/received.js';

const MID = 4;
const RID = 10;
const REPAIRED_RID = 11;
const LEVEL = 1;
const TRANSPORT_SEQUENCE = 3;

const VIDEO: RtpReceiverParameters = {
  mid: '7',
  kind: 'video',
  codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000, rtxPayloadType: 97 }],
  extensions: { mid: MID, rid: RID, repairedRid: REPAIRED_RID, transportSequence: TRANSPORT_SEQUENCE },
  ssrcs: [],
  rtxPairs: [],
  rids: [],
};
const AUDIO: RtpReceiverParameters = {
  mid: '8',
  kind: 'audio',
  codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000 }],
  extensions: { mid: MID, audioLevel: LEVEL },
  ssrcs: [],
  rtxPairs: [],
  rids: [],
};

const text = (value: string) => [...Buffer.from(value)];

function setup(...parameters: RtpReceiverParameters[]) {
  const wire = new FakeWire();
  const counted = createCounters(rtpMetrics);
  const demuxer = new RtpDemuxer({ packets: wire, batch: new SendBatch(wire), counted });
  const got: { mid: string; ssrc: number; sequence: number; keyFrame: boolean; kept: boolean }[] = [];
  const levels: number[] = [];
  const streams: ReceiveStream[] = [];
  for (const each of parameters) {
    const receiver = new RtpReceiver(each, {
      onClosed: (closed) => demuxer.removeReceiver(closed),
      requestKeyFrame: (stream) => stream.keyFrames.request(0),
    });
    receiver.addSink({
      onStream: (stream) => streams.push(stream),
      onAudioLevel: (level) => levels.push(level),
      onPackets: (stream, rx, first, last) => {
        for (let at = first * RX_WORDS; at < last * RX_WORDS; at += RX_WORDS) {
          if (rx[at + RX.KIND] === RX_DROPPED) continue;
          const flags = rx[at + RX.FLAGS]!;
          got.push({
            mid: receiver.mid,
            ssrc: stream.ssrc,
            sequence: rx[at + RX.SEQUENCE]! & 0xffff,
            keyFrame: (flags & RX_KEY_FRAME) !== 0,
            kept: (flags & RX_KEEP) !== 0,
          });
        }
      },
    });
    demuxer.addReceiver(receiver);
  }
  const receive = (...packets: ReceivedRtp[]) => {
    receiveAt(1000, ...packets);
  };
  const receiveAt = (now: number, ...packets: ReceivedRtp[]) => {
    const { rx, count } = wire.receive(packets);
    for (let index = 0; index < count; index++) demuxer.receive(rx, index, index + 1, now);
  };
  return { wire, demuxer, counted, got, levels, streams, receive, receiveAt };
}

describe('RtpDemuxer', () => {
  test('an audio stream that floods is limited, and streams beside it are not', () => {
    const { receive, got, counted } = setup(
      { ...VIDEO, ssrcs: [500] },
      { ...AUDIO, ssrcs: [600] },
      { ...AUDIO, mid: '9', ssrcs: [700] },
    );
    for (let sequence = 0; sequence < 1_000; sequence++) {
      receive({ ssrc: 600, sequence, payloadType: 111 }, { ssrc: 500, sequence });
    }
    for (let sequence = 0; sequence < 400; sequence++) receive({ ssrc: 700, sequence, payloadType: 111 });
    const count = (wanted: number) => got.filter(({ ssrc }) => ssrc === wanted).length;
    expect([count(600), count(500), count(700)]).toEqual([500, 1_000, 400]);
    expect(counted.rtpFlood).toBe(500);
  });

  test('finds a stream by the SSRC of the session description', () => {
    const { receive, got } = setup({ ...VIDEO, ssrcs: [500] }, { ...AUDIO, ssrcs: [600] });
    receive({ ssrc: 600, sequence: 1, payloadType: 111 }, { ssrc: 500, sequence: 2 });
    expect(got.map(({ mid }) => mid)).toEqual(['8', '7']);
  });

  test('learns an SSRC from the mid in its first packet, and remembers it without', () => {
    const { receive, got } = setup(VIDEO, { ...VIDEO, mid: '9' });
    receive(
      { ssrc: 0xffff_fff0, sequence: 1, extensions: { [MID]: text('9') } },
      { ssrc: 0xffff_fff0, sequence: 2 },
    );
    expect(got.map(({ mid, sequence }) => [mid, sequence])).toEqual([
      ['9', 1],
      ['9', 2],
    ]);
  });

  test('accepts the negotiated layer of a simulcast only', () => {
    const { receive, got, counted, streams } = setup({ ...VIDEO, rids: ['f'] });
    receive({ ssrc: 1, sequence: 1, extensions: { [MID]: text('7'), [RID]: text('q') } });
    receive({ ssrc: 2, sequence: 1, extensions: { [MID]: text('7'), [RID]: text('f') } });
    expect(got.map(({ ssrc }) => ssrc)).toEqual([2]);
    expect(streams.map(({ rid }) => rid)).toEqual(['f']);
    expect(counted.rtpUnknownStream).toBe(1);
  });

  test('learns the layers of a simulcast from their rids where the session description names their SSRCs', () => {
    const { receive, streams, counted } = setup({
      ...VIDEO,
      ssrcs: [1, 2],
      rtxPairs: [
        [1, 11],
        [2, 12],
      ],
      rids: ['q', 'h'],
    });
    receive({ ssrc: 2, sequence: 5 });
    receive({ ssrc: 2, sequence: 6, extensions: { [RID]: text('h') } });
    receive({ ssrc: 1, sequence: 9, extensions: { [RID]: text('q') } });
    expect(streams.map(({ ssrc, rid }) => [ssrc, rid])).toEqual([
      [2, 'h'],
      [1, 'q'],
    ]);
    expect(counted.rtpUnknownStream).toBe(1);
  });

  test('drops and counts a stream that nobody announced', () => {
    const { receive, got, counted } = setup(VIDEO, { ...VIDEO, mid: '9' });
    receive({ ssrc: 77, sequence: 1 });
    expect(got).toEqual([]);
    expect(counted.rtpUnknownStream).toBe(1);
  });

  test('counts streams beyond those that one peer may have by themselves', () => {
    const { receive, streams, counted } = setup(VIDEO);
    for (let ssrc = 1; ssrc <= 66; ssrc++) receive({ ssrc, sequence: 1, extensions: { [MID]: text('7') } });
    expect(streams).toHaveLength(64);
    expect(counted).toMatchObject({ rtpTooManyStreams: 2, rtpUnknownStream: 0 });
  });

  test('counts by its reason what it drops of a stream', () => {
    const { receive, got, counted } = setup({ ...VIDEO, ssrcs: [500], rtxPairs: [[500, 501]] });
    receive({ ssrc: 500, sequence: 10 }, { ssrc: 500, sequence: 10 }, { ssrc: 500, sequence: 20_000 });
    receive({ ssrc: 501, sequence: 1, payloadType: 97, payload: [0, 10, ...VP8_DELTA_FRAME] });
    receive({ ssrc: 501, sequence: 2, payloadType: 97, payload: [] });
    receive({ ssrc: 501, sequence: 3, payloadType: 99, payload: [0, 11, ...VP8_DELTA_FRAME] });
    expect(got).toHaveLength(1);
    expect(counted).toMatchObject({ rtpDuplicate: 1, rtpStray: 1, rtpOutdated: 1 });
    expect(counted.rtx).toEqual({ restored: 1, padding: 1, unknownPayloadType: 1 });
  });

  test('counts what it cannot keep, which is forwarded all the same', () => {
    const { wire, receive, got, counted } = setup({ ...VIDEO, ssrcs: [500] });
    wire.full = true;
    receive({ ssrc: 500, sequence: 10 });
    expect(got).toMatchObject([{ sequence: 10, kept: false }]);
    expect(counted.packetsNotKept).toBe(1);
  });

  test('counts what is missing together with other streams', () => {
    const { receive, counted } = setup({ ...VIDEO, ssrcs: [500] }, { ...VIDEO, mid: '9', ssrcs: [600] });
    for (const ssrc of [500, 600]) receive(...[10, 12, 11].map((sequence) => ({ ssrc, sequence })));
    expect(counted.nack.reordered).toBe(2);
  });

  test('makes the original packet of a retransmission that fills a gap', () => {
    const { receive, got } = setup({ ...VIDEO, ssrcs: [500], rtxPairs: [[500, 501]] });
    receive({ ssrc: 500, sequence: 10 }, { ssrc: 500, sequence: 12 });
    receive({ ssrc: 501, sequence: 900, payloadType: 97, payload: [0, 11, ...VP8_DELTA_FRAME] });
    expect(got.map(({ ssrc, sequence }) => [ssrc, sequence])).toEqual([
      [500, 10],
      [500, 12],
      [500, 11],
    ]);
  });

  test('learns the SSRC of retransmissions from the repaired rid', () => {
    const { receive, got } = setup({ ...VIDEO, rids: ['f'] });
    const names = { [MID]: text('7'), [RID]: text('f') };
    receive({ ssrc: 2, sequence: 1, extensions: names }, { ssrc: 2, sequence: 3 });
    const repaired = { [MID]: text('7'), [REPAIRED_RID]: text('f') };
    receive({ ssrc: 3, sequence: 50, payloadType: 97, payload: [0, 2, 0x10, 1], extensions: repaired });
    expect(got.map(({ sequence }) => sequence)).toEqual([1, 3, 2]);
  });

  test('passes a packet on once, however often it comes', () => {
    const { receive, got } = setup({ ...VIDEO, ssrcs: [500], rtxPairs: [[500, 501]] });
    receive({ ssrc: 500, sequence: 10 }, { ssrc: 500, sequence: 10 });
    receive({ ssrc: 501, sequence: 1, payloadType: 97, payload: [0, 10, 0x10, 1] });
    expect(got.map(({ sequence }) => sequence)).toEqual([10]);
  });

  test('marks key frames, keeps video packets for retransmission and gives their slots back', () => {
    const { receive, got, wire, streams } = setup({ ...VIDEO, ssrcs: [500] });
    receive(
      { ssrc: 500, sequence: 1, payload: VP8_KEY_FRAME },
      { ssrc: 500, sequence: 2, payload: VP8_DELTA_FRAME },
    );
    expect(got.map(({ keyFrame, kept }) => [keyFrame, kept])).toEqual([
      [true, true],
      [false, true],
    ]);
    streams[0]!.handleTimeout(10_000);
    // A picture that stands still is kept, where there is memory for it.
    expect(wire.released).toHaveLength(0);
    wire.scarce = true;
    streams[0]!.handleTimeout(20_000);
    expect(wire.released).toHaveLength(2);
  });

  test('passes packets on without keeping them when too many are kept already', () => {
    const { receive, got, wire } = setup({ ...VIDEO, ssrcs: [500] });
    receive({ ssrc: 500, sequence: 1 });
    wire.full = true;
    receive({ ssrc: 500, sequence: 2 });
    expect(got.map(({ kept }) => kept)).toEqual([true, false]);
    expect(wire.kept).toBe(1);
  });

  test('keeps nothing of the old numbers when a stream numbers anew', () => {
    const { receive, streams, wire } = setup({ ...VIDEO, ssrcs: [500] });
    receive({ ssrc: 500, sequence: 10_000 }, { ssrc: 500, sequence: 10_001 });
    receive({ ssrc: 500, sequence: 5000 }, { ssrc: 500, sequence: 5001 });
    expect(wire.released).toHaveLength(2);
    const { history } = streams[0]!;
    expect(history?.find(10_001)).toBe(-1);
    expect(history?.find(5001)).not.toBe(-1);
  });

  test('gives the slots back when the receiver closes', () => {
    const { receive, wire, demuxer } = setup({ ...VIDEO, ssrcs: [500] });
    receive({ ssrc: 500, sequence: 1 }, { ssrc: 500, sequence: 2 });
    demuxer.close();
    expect(wire.released).toHaveLength(2);
  });

  test('reads audio levels and keeps no audio', () => {
    const { receive, levels, got } = setup({ ...AUDIO, ssrcs: [600] });
    receive({ ssrc: 600, sequence: 1, payloadType: 111, extensions: { [LEVEL]: [0x80 | 42] } });
    expect(levels).toEqual([42]);
    expect(got[0]!.kept).toBe(false);
  });

  test('records arrivals for transport-wide feedback', () => {
    const { receive, demuxer } = setup({ ...VIDEO, ssrcs: [500] });
    receive({ ssrc: 500, sequence: 1, extensions: { [TRANSPORT_SEQUENCE]: [0, 9] } });
    expect(demuxer.feedback.deadline).toBe(1050);
  });

  test('bounds how many SSRCs a peer may use', () => {
    const { receive, streams } = setup(VIDEO);
    for (let ssrc = 1; ssrc <= 200; ssrc++) receive({ ssrc, sequence: 1, extensions: { [MID]: text('7') } });
    expect(streams).toHaveLength(64);
  });

  test('the SSRC that was silent for longest makes place for a new one, if that was ten seconds', () => {
    const { receiveAt, streams, demuxer, counted } = setup(VIDEO);
    const packet = (ssrc: number, sequence = 1) => ({ ssrc, sequence, extensions: { [MID]: text('7') } });
    for (let ssrc = 1; ssrc <= 62; ssrc++) receiveAt(1_000 + ssrc, packet(ssrc));
    // Two SSRCs of one stream: retransmissions go with what they repeat.
    receiveAt(900, packet(100));
    receiveAt(5_000, { ...packet(101), payloadType: 97 });
    receiveAt(10_899, packet(200));
    expect(demuxer.stream(200)).toBeUndefined();
    expect(counted.rtpTooManyStreams).toBe(1);
    receiveAt(10_900, packet(200), packet(201), packet(202));
    expect(streams.map(({ ssrc }) => ssrc).slice(62)).toEqual([100, 200, 201]);
    expect([100, 200, 201, 1, 202].map((ssrc) => demuxer.stream(ssrc) !== undefined)).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
    expect(demuxer.streams).toHaveLength(64);
    receiveAt(11_001, packet(202));
    expect(demuxer.stream(1)).toBeUndefined();
    expect(demuxer.streams.map(({ ssrc }) => ssrc)).toContain(202);
    // What is heard again is as good as new.
    receiveAt(11_500, packet(2, 2), packet(203));
    expect([2, 3, 203].map((ssrc) => demuxer.stream(ssrc) !== undefined)).toEqual([true, false, true]);
  });

  test('a stream goes on where its retransmissions make place', () => {
    const { receiveAt, demuxer } = setup(VIDEO);
    const packet = (ssrc: number, sequence = 1) => ({ ssrc, sequence, extensions: { [MID]: text('7') } });
    receiveAt(0, packet(100), { ...packet(101), payloadType: 97 });
    receiveAt(9_000, packet(100, 2));
    for (let ssrc = 1; ssrc <= 62; ssrc++) receiveAt(9_000, packet(ssrc));
    receiveAt(10_000, packet(200));
    expect([100, 200].map((ssrc) => demuxer.stream(ssrc) !== undefined)).toEqual([true, true]);
    expect(demuxer.streams).toHaveLength(64);
  });

  test('nobody is told that a key frame begins with a packet that came late', () => {
    const { receive, got } = setup({ ...VIDEO, ssrcs: [500] });
    receive({ ssrc: 500, sequence: 1, payload: VP8_KEY_FRAME });
    receive({ ssrc: 500, sequence: 3, payload: VP8_DELTA_FRAME });
    receive({ ssrc: 500, sequence: 2, payload: VP8_KEY_FRAME });
    expect(got.map(({ sequence, keyFrame }) => [sequence, keyFrame])).toEqual([
      [1, true],
      [3, false],
      [2, false],
    ]);
  });
});
