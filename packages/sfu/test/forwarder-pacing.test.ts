import { createCounters } from '@parley/core';
import {
  rtpMetrics,
  RtpDemuxer,
  RtpReceiver,
  RtpSender,
  SendBatch,
  SenderGroup,
  type ReceiveStream,
} from '@parley/transport';
import { TX, TxKind } from '@parley/wire';
import { describe, expect, test } from 'vitest';
import { Forwarder } from '../src/forwarder.js';
import { forwardingMetrics } from '../src/sfu-metrics.js';
import { FakeWire, VP8_DELTA_FRAME, VP8_KEY_FRAME } from '../../transport/test/support/received.js';

const EXTENSION_ID = 5;
const PAYLOAD_BYTES = 1000;

/** A publisher's stream, and a subscriber whose client gives feedback on what it gets. */
function setup({ rtx = true, isFull = true } = {}) {
  const wire = new FakeWire({ slots: 1024, capacity: 1024 });
  const batch = new SendBatch(wire);
  const demuxer = new RtpDemuxer({ packets: wire, batch, counted: createCounters(rtpMetrics) });
  const group = new SenderGroup({
    batch,
    counted: createCounters(rtpMetrics),
    onUrgent: () => undefined,
  });
  const sender = new RtpSender(
    {
      mid: '3',
      kind: 'video',
      codecs: [
        { mimeType: 'video/VP8', payloadType: 120, clockRate: 90_000, ...(rtx && { rtxPayloadType: 121 }) },
      ],
      transportSequence: EXTENSION_ID,
    },
    {
      wireSession: 4,
      random: (bytes) => new Uint8Array(bytes).fill(0xab),
      onTransportSequence: (accepting, id) => group.acceptTransportSequence(accepting, id),
      onClosed: () => undefined,
    },
  );
  group.add(sender);
  // A path that is known to be full.
  if (isFull) {
    group.bandwidth?.setDemand(5_000_000, 0, 1000);
    group.receiveRemb(2_000_000, 1000);
  }
  const counted = createCounters(forwardingMetrics);
  const forwarder = new Forwarder(sender, { mimeType: 'video/VP8', layering: 'single' }, counted);
  let stream: ReceiveStream | undefined;
  let now = 1000;
  const receiver = new RtpReceiver(
    {
      mid: '0',
      kind: 'video',
      codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 }],
      extensions: {},
      ssrcs: [500],
      rtxPairs: [],
      rids: [],
    },
    { onClosed: () => undefined, requestKeyFrame: () => undefined },
  );
  receiver.addSink({
    onStream: (created) => (stream = created),
    onAudioLevel: () => undefined,
    onPackets: (source, rx, first, last) => forwarder.forward(0, source, rx, first, last, batch, now),
  });
  demuxer.addReceiver(receiver);
  const sent = () => {
    batch.flush();
    return wire.sent.splice(0).map((words) => {
      const extension = words[TX.EXTENSION]! & 0xff_ffff;
      return {
        kind: words[TX.KIND]!,
        sequence: (words[TX.SEQUENCE]! & 0xffff) - sender.firstSequence,
        original: words[TX.EXTRA]! - sender.firstSequence,
        extension: [...wire.scratch.subarray(extension, extension + (words[TX.EXTENSION]! >>> 24))],
      };
    });
  };
  /** Packets of 1,000 bytes; a key frame starts in the first of them. */
  const publish = (first: number, count: number, isKeyFrame = true) => {
    const packets = Array.from({ length: count }, (_, index) => {
      const start = index === 0 && isKeyFrame ? VP8_KEY_FRAME : VP8_DELTA_FRAME;
      const rest = new Array<number>(PAYLOAD_BYTES - start.length).fill(0);
      return { ssrc: 500, sequence: first + index, payload: [...start, ...rest] };
    });
    demuxer.receive(wire.receive(packets).rx, 0, count, now);
    return sent();
  };
  const paceUntilDone = () => {
    const all: ReturnType<typeof sent> = [];
    for (let isWaiting = true; isWaiting;) {
      now += 5;
      isWaiting = forwarder.pace(batch, now);
      all.push(...sent());
    }
    return all;
  };
  return {
    counted,
    forwarder,
    group,
    publish,
    paceUntilDone,
    resend: (...numbers: number[]) => {
      now += 500;
      const made = forwarder.resend(
        numbers.map((number) => number + sender.firstSequence),
        batch,
        now,
      );
      return { made, sent: sent() };
    },
    clear: () => stream?.history?.clear(),
    elapsed: () => now - 1000,
  };
}

describe('toward a subscriber whose client gives feedback', () => {
  test('every packet carries the next transport-wide number', () => {
    const { publish } = setup();
    expect(publish(1, 3)).toEqual(
      [0, 1, 2].map((number) => ({
        kind: TxKind.RTP,
        sequence: number,
        original: number,
        extension: [(EXTENSION_ID << 4) | 1, 0, number],
      })),
    );
  });

  test('so does a retransmission', () => {
    const { publish, resend } = setup();
    publish(1, 3);
    expect(resend(1)).toMatchObject({
      made: 1,
      sent: [{ kind: TxKind.RTX, original: 1, extension: [(EXTENSION_ID << 4) | 1, 0, 3] }],
    });
  });

  test('where retransmissions have no stream of their own none is made: two packets under one number must not be', () => {
    const { publish, resend } = setup({ rtx: false });
    publish(1, 3);
    expect(resend(1)).toEqual({ made: 0, sent: [] });
  });

  test('a large frame is spread over time, in its order, and nothing of it is lost', () => {
    const { publish, paceUntilDone, elapsed } = setup();
    const atOnce = publish(1, 100);
    expect(atOnce.length).toBeGreaterThan(0);
    expect(atOnce.length).toBeLessThan(20);
    const later = paceUntilDone();
    expect([...atOnce, ...later].map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 100 }, (_, index) => index),
    );
    // 106 kB at a little more than 2 Mbit/s.
    expect(elapsed()).toBeGreaterThan(250);
    expect(elapsed()).toBeLessThan(420);
  });

  test('nothing waits on a path that was never full', () => {
    const { publish } = setup({ isFull: false });
    expect(publish(1, 100)).toHaveLength(100);
  });

  test('what comes while packets wait waits behind them', () => {
    const { publish, paceUntilDone } = setup();
    const atOnce = publish(1, 50);
    expect(publish(51, 1, false)).toEqual([]);
    expect([...atOnce, ...paceUntilDone()].map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 51 }, (_, index) => index),
    );
  });

  test('packets that are not kept any more when their turn comes are left out', () => {
    const { publish, paceUntilDone, clear, counted } = setup();
    const { length } = publish(1, 50);
    clear();
    expect(paceUntilDone()).toEqual([]);
    expect(counted.pacerOutdated).toBe(50 - length);
  });

  test('what waits beyond what is kept is given up, until the next key frame', () => {
    const { publish, paceUntilDone, counted } = setup();
    const { length } = publish(1, 600);
    expect(paceUntilDone()).toEqual([]);
    expect(counted.pacerFull).toBe(513);
    expect(publish(601, 1, false)).toEqual([]);
    expect(publish(602, 1).map(({ sequence }) => sequence)).toEqual([length]);
  });

  test('after a pause what waited is not sent, and its numbers go to what comes then', () => {
    const { forwarder, publish, paceUntilDone } = setup();
    const { length } = publish(1, 50);
    forwarder.pause();
    expect(paceUntilDone()).toEqual([]);
    expect(publish(51, 1).map(({ sequence }) => sequence)).toEqual([length]);
  });
});
