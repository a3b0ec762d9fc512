import { createCounters } from '@parley/core';
import { rtpMetrics, RtpDemuxer, RtpReceiver, SendBatch, type ReceiveStream } from '@parley/transport';
import { describe, expect, test } from 'vitest';
import { createTapBuffer, Tap, TapReader, type Publication, type TapRecord } from '@parley/sfu';
import {
  FakeWire,
  VP8_DELTA_FRAME,
  VP8_KEY_FRAME,
  type ReceivedRtp,
} from '../../../transport/test/support/received.js';
import { World } from '../support/world.js';

const RIDS = ['q', 'h', 'f'];

/** A published track, tapped. */
function setup(kind: 'audio' | 'video', { rids = [] as string[], capacity = 1 << 16 } = {}) {
  const world = new World();
  const alice = world.join(world.sfu.room('lobby'), 'alice');
  alice.connect();
  const wire = new FakeWire({ slots: 1024, capacity: 1024 });
  const batch = new SendBatch(wire);
  const demuxer = new RtpDemuxer({ packets: wire, batch, counted: createCounters(rtpMetrics) });
  const keyFrames: string[] = [];
  const attach = (publication: Publication, ssrcs: number[]) => {
    const receiver = new RtpReceiver(
      {
        mid: '1',
        kind,
        codecs: [
          kind === 'audio'
            ? { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000 }
            : { mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 },
        ],
        extensions: rids.length > 0 ? { mid: 1, rid: 2 } : {},
        ssrcs,
        rtxPairs: [],
        rids,
      },
      { onClosed: () => undefined, requestKeyFrame: ({ rid }: ReceiveStream) => keyFrames.push(rid) },
    );
    demuxer.addReceiver(receiver);
    publication.attach(receiver);
  };
  const source = kind === 'audio' ? 'microphone' : 'camera';
  const publication = alice.participant.publish({ kind, source, name: 'track', muted: false });
  attach(publication, rids.length > 0 ? [] : [500]);
  const buffer = createTapBuffer(capacity);
  const tap = new Tap({ buffer });
  publication.addTap(tap);
  const reader = new TapReader(buffer);
  return {
    world,
    alice,
    publication,
    tap,
    reader,
    keyFrames,
    attach,
    demuxer,
    receive: (packet: Partial<ReceivedRtp> & { sequence: number }) => {
      const { rx, count } = wire.receive([
        { ssrc: 500, payloadType: kind === 'audio' ? 111 : 96, payload: [1, 2, 3], ...packet },
      ]);
      demuxer.receive(rx, 0, count, world.now);
    },
    records: () => {
      const records: TapRecord[] = [];
      for (let record = reader.next(); record; record = reader.next())
        records.push(record.type === 'packet' ? { ...record, payload: record.payload.slice() } : record);
      return records;
    },
  };
}

function layer(rid: string) {
  return {
    ssrc: 500 + RIDS.indexOf(rid),
    extensions: { 1: [...Buffer.from('1')], 2: [...Buffer.from(rid)] },
  };
}

describe('a tap', () => {
  test('takes audio as it comes, after a word on what it is', () => {
    const { world, receive, records } = setup('audio');
    world.now = 250;
    receive({ sequence: 65_535, timestamp: 960, marker: true });
    receive({ sequence: 0, timestamp: 1920, payload: [4] });
    const packet = { type: 'packet', ssrc: 500, payloadType: 111, layer: 0, arrival: 250 };
    expect(records()).toEqual([
      {
        type: 'stream',
        ssrc: 500,
        layer: 0,
        clockRate: 48_000,
        codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000 }],
      },
      {
        ...packet,
        sequence: 65_535,
        timestamp: 960,
        marker: true,
        isKeyFrame: false,
        payload: Uint8Array.of(1, 2, 3),
      },
      {
        ...packet,
        sequence: 0,
        timestamp: 1920,
        marker: false,
        isKeyFrame: false,
        payload: Uint8Array.of(4),
      },
    ]);
  });

  test('begins a video with a key frame, and asks for it', () => {
    const { world, keyFrames, receive, records } = setup('video');
    receive({ sequence: 1, payload: VP8_DELTA_FRAME });
    expect(records()).toEqual([]);
    world.sfu.handleTimeout((world.now += 100));
    expect(keyFrames).not.toEqual([]);
    receive({ sequence: 2, payload: VP8_KEY_FRAME });
    receive({ sequence: 3, payload: VP8_DELTA_FRAME });
    expect(records()).toMatchObject([
      { type: 'stream', ssrc: 500 },
      { type: 'packet', sequence: 2, isKeyFrame: true },
      { type: 'packet', sequence: 3, isKeyFrame: false },
    ]);
  });

  test('takes one layer of a simulcast at a time, the best that comes', () => {
    const { receive, records } = setup('video', { rids: RIDS });
    receive({ sequence: 1, payload: VP8_KEY_FRAME, ...layer('q') });
    receive({ sequence: 1, payload: VP8_KEY_FRAME, ...layer('f') });
    receive({ sequence: 2, payload: VP8_DELTA_FRAME, ...layer('q') });
    receive({ sequence: 2, payload: VP8_DELTA_FRAME, ...layer('f') });
    expect(records()).toMatchObject([
      { type: 'stream', ssrc: 500, layer: 0 },
      { type: 'packet', ssrc: 500, sequence: 1 },
      { type: 'stream', ssrc: 502, layer: 2 },
      { type: 'packet', ssrc: 502, sequence: 1 },
      { type: 'packet', ssrc: 502, sequence: 2, layer: 2 },
    ]);
  });

  test('goes down to a layer that still comes when the best one ends', () => {
    const { world, receive, records } = setup('video', { rids: RIDS });
    for (let sequence = 1; sequence <= 6; sequence++)
      receive({ sequence, payload: VP8_KEY_FRAME, ...layer('f') });
    world.sfu.handleTimeout((world.now += 100));
    records();
    for (let sequence = 1; sequence <= 20; sequence++) {
      world.now += 200;
      receive({ sequence, payload: sequence === 20 ? VP8_KEY_FRAME : VP8_DELTA_FRAME, ...layer('q') });
      world.sfu.handleTimeout(world.now);
    }
    expect(records()).toMatchObject([{ type: 'stream', ssrc: 500, layer: 0 }, { sequence: 20 }]);
  });

  test('says what replaced a stream', () => {
    const { attach, publication, receive, records } = setup('audio');
    receive({ sequence: 1 });
    attach(publication, [700]);
    receive({ ssrc: 700, sequence: 9 });
    expect(records()).toMatchObject([
      { type: 'stream', ssrc: 500 },
      { type: 'packet', ssrc: 500 },
      { type: 'stream', ssrc: 700 },
      { type: 'packet', ssrc: 700, sequence: 9 },
    ]);
  });

  test('takes nothing while the track is muted, and says so', () => {
    const { publication, receive, records } = setup('audio');
    receive({ sequence: 1 });
    publication.setMuted(true);
    receive({ sequence: 2 });
    publication.setMuted(false);
    receive({ sequence: 3 });
    expect(records().map((record) => (record.type === 'packet' ? record.sequence : record.type))).toEqual([
      'stream',
      1,
      'muted',
      'unmuted',
      'stream',
      3,
    ]);
  });

  test('ends with its publication, after what was read until then', () => {
    const { alice, publication, reader, receive, records } = setup('audio');
    receive({ sequence: 1 });
    alice.participant.unpublish(publication.sid);
    expect(reader.ended).toBe(false);
    expect(records()).toHaveLength(2);
    expect(reader.ended).toBe(true);
  });

  test('has the clock of the sender reports', () => {
    const { demuxer, reader, receive, world } = setup('audio');
    receive({ sequence: 1 });
    const report = { ntpSeconds: 3_900_000_000, ntpFraction: 5, rtpTimestamp: 77 };
    demuxer
      .stream(500)
      ?.statistics.receiveSenderReport(
        { type: 'senderReport', ssrc: 500, ...report, packetCount: 1, octetCount: 1, reports: [] },
        (world.now = 400),
      );
    receive({ sequence: 2 });
    expect(reader.clock).toEqual({ ssrc: 500, ...report, receivedAt: 400 });
  });

  test('that nobody reads loses packets, counted on both sides, and takes nothing from the call', () => {
    const { alice, publication, reader, receive, records, tap, world } = setup('audio', {
      capacity: 1 << 14,
    });
    const payload = new Array<number>(1000).fill(7);
    for (let sequence = 0; sequence < 100; sequence++) receive({ sequence, payload });
    publication.setMuted(true);
    expect(tap.lost).toBeGreaterThan(80);
    expect(reader.lost).toBe(tap.lost);
    expect(world.sfu.metrics().tapPacketsLost).toBe(tap.lost);
    const before = records();
    expect(before.filter(({ type }) => type === 'packet')).toHaveLength(100 - tap.lost);
    // There is room again, for what was not told yet.
    world.sfu.handleTimeout((world.now += 100));
    expect([...before, ...records()].at(-1)).toEqual({ type: 'muted' });
    expect(alice.participant.publications.size).toBe(1);
  });

  test('that is taken away ends, and counts no more as one who wants the video', () => {
    const { alice, publication, reader, tap, world } = setup('video');
    world.sfu.handleTimeout((world.now += 6000));
    expect(publication.wantedQualities).toEqual([{ mimeType: 'video/VP8', quality: 'high' }]);
    alice.told.clear();
    publication.removeTap(tap);
    expect(reader.ended).toBe(true);
    world.sfu.handleTimeout((world.now += 6000));
    expect(alice.told.lines).toContain('quality track off');
  });
});
