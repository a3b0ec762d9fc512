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
import {
  FakeWire,
  VP8_DELTA_FRAME,
  VP8_KEY_FRAME,
  type ReceivedRtp,
} from '../../transport/test/support/received.js';

const FIRST_SSRC = 500;

/** A publisher of VP8 in so many layers, whose packets are kept, and a subscriber who may come later. */
function setup({ layers = 1, rtx = true } = {}) {
  const wire = new FakeWire({ slots: 1024, capacity: 1024 });
  const batch = new SendBatch(wire);
  const demuxer = new RtpDemuxer({ packets: wire, batch, counted: createCounters(rtpMetrics) });
  const mimeType = 'video/VP8';
  let woken = 0;
  const group = new SenderGroup({
    batch,
    counted: createCounters(rtpMetrics),
    onUrgent: () => (woken += 1),
  });
  const sender = new RtpSender(
    {
      mid: '3',
      kind: 'video',
      codecs: [{ mimeType, payloadType: 120, clockRate: 90_000, ...(rtx && { rtxPayloadType: 121 }) }],
    },
    {
      wireSession: 4,
      random: (bytes) => new Uint8Array(bytes).fill(0xab),
      onTransportSequence: () => undefined,
      onClosed: () => undefined,
    },
  );
  group.add(sender);
  const forwarder = new Forwarder(sender, { mimeType, layering: layers > 1 ? 'simulcast' : 'single' });
  sender.observer = {
    onNack: () => 0,
    onPace: (to, at) => forwarder.pace(to, at),
    onKeyFrameRequest: () => undefined,
    clock: () => undefined,
  };
  const streams: ReceiveStream[] = [];
  let isThere = false;
  let now = 1000;
  for (let layer = 0; layer < layers; layer++) {
    const receiver = new RtpReceiver(
      {
        mid: String(layer),
        kind: 'video',
        codecs: [{ mimeType, payloadType: 96, clockRate: 90_000 }],
        extensions: {},
        ssrcs: [FIRST_SSRC + layer],
        rtxPairs: [],
        rids: [],
      },
      { onClosed: () => undefined, requestKeyFrame: () => undefined },
    );
    receiver.addSink({
      onStream: (stream) => (streams[layer] = stream),
      onAudioLevel: () => undefined,
      onPackets: (source, rx, first, last) => {
        if (isThere) forwarder.forward(layer, source, rx, first, last, batch, now);
      },
    });
    demuxer.addReceiver(receiver);
  }
  const flush = () => {
    batch.flush();
    return wire.sent.splice(0).map((words) => ({
      kind: words[TX.KIND],
      number: ((words[TX.SEQUENCE]! & 0xffff) - sender.firstSequence) & 0xffff,
      original: ((words[TX.EXTRA]! & 0xffff) - sender.firstSequence) & 0xffff,
      time: ((words[TX.TIMESTAMP]! | 0) - sender.firstTimestamp) / 90,
      slot: words[TX.SOURCE],
    }));
  };
  const receive = (layer: number, ...packets: Omit<ReceivedRtp, 'ssrc'>[]) => {
    const { rx, count } = wire.receive(packets.map((packet) => ({ ...packet, ssrc: FIRST_SSRC + layer })));
    demuxer.receive(rx, 0, count, now);
    return flush();
  };
  return {
    forwarder,
    receive,
    streams,
    woken: () => woken,
    subscribe: () => (isThere = true),
    /** A key frame of two packets, and another frame half a second later. */
    publish: (layer: number) => {
      receive(
        layer,
        { sequence: 65_534, timestamp: 0, payload: VP8_KEY_FRAME },
        { sequence: 65_535, timestamp: 0, payload: [0, 1, 2], marker: true },
      );
      receive(layer, { sequence: 0, timestamp: 45_000, payload: VP8_DELTA_FRAME, marker: true });
    },
    wait: (milliseconds: number) => {
      now += milliseconds;
      for (const stream of streams) stream.handleTimeout(now);
    },
    /** What is sent where a key frame is needed. */
    await: (isMissed = false) => {
      if (isMissed || forwarder.keyFrameNeeded >= 0) forwarder.awaitKeyFrame(streams, isMissed);
      group.pace(4, now);
      return flush();
    },
    resend: (number: number) => {
      forwarder.resend([(number + sender.firstSequence) & 0xffff], batch, now);
      return flush();
    },
  };
}

describe('a picture that stands still', () => {
  test('is seen by who subscribes later, however much later', () => {
    const { publish, wait, subscribe, await: awaitKeyFrame, woken } = setup();
    publish(0);
    wait(3_600_000);
    subscribe();
    const sent = awaitKeyFrame();
    expect(woken()).toBeGreaterThan(0);
    expect(sent.map(({ number, kind }) => [number, kind])).toEqual([
      [0, TxKind.RTP],
      [1, TxKind.RTP],
      [2, TxKind.RTP],
    ]);
  });

  test('is seen at once: its frames follow each other within a millisecond, as if taken just now', () => {
    const { publish, wait, subscribe, receive, await: awaitKeyFrame } = setup();
    publish(0);
    wait(60_000);
    subscribe();
    const [first, second, third] = awaitKeyFrame();
    expect(second!.time).toBe(first!.time);
    expect(third!.time - first!.time).toBe(1);
    // The publisher's clock: half a second at the last frame, 61 seconds later now.
    wait(1000);
    const [live] = receive(0, { sequence: 1, timestamp: 45_000 + 61_000 * 90, payload: VP8_DELTA_FRAME });
    expect(live).toMatchObject({ number: 3, kind: TxKind.RTP });
    expect(live!.time - third!.time).toBeGreaterThan(1000);
    expect(live!.time - third!.time).toBeLessThan(1200);
  });

  test('what is lost of it is sent again with the same time', () => {
    const { publish, wait, subscribe, resend, await: awaitKeyFrame } = setup();
    publish(0);
    wait(60_000);
    subscribe();
    const [, , third] = awaitKeyFrame();
    expect(resend(2)).toMatchObject([{ kind: TxKind.RTX, original: 2, time: third!.time }]);
  });

  test('what is lost of it is the same packet under the same number, also after its end, for who has no RTX', () => {
    const { publish, wait, subscribe, resend, streams, await: awaitKeyFrame } = setup({ rtx: false });
    publish(0);
    wait(350);
    subscribe();
    const [, , third] = awaitKeyFrame();
    streams[0]?.history?.forgetKeyFrame();
    wait(510);
    expect(awaitKeyFrame()).toEqual([]);
    expect(resend(2)).toMatchObject([{ kind: TxKind.RTP, number: 2, time: third!.time }]);
  });

  test('is not sent while it moves, nor where a packet of it was lost', () => {
    const moving = setup();
    moving.publish(0);
    moving.wait(200);
    moving.subscribe();
    expect(moving.await()).toEqual([]);
    const broken = setup();
    broken.publish(0);
    broken.receive(0, { sequence: 2, timestamp: 90_000, payload: VP8_DELTA_FRAME });
    broken.wait(5000);
    broken.subscribe();
    expect(broken.await()).toEqual([]);
  });

  test('is sent twice more to who sees it, and then no more', () => {
    const { publish, wait, subscribe, await: awaitKeyFrame } = setup();
    publish(0);
    wait(5000);
    subscribe();
    expect(awaitKeyFrame()).toHaveLength(3);
    // Who had nothing to show it in yet sees it a moment later.
    let times = 0;
    for (let elapsed = 0; elapsed < 60_000; elapsed += 100) {
      wait(100);
      if (awaitKeyFrame().length > 0) times += 1;
    }
    expect(times).toBe(2);
  });

  test('is not repeated when it moves', () => {
    const { publish, wait, subscribe, receive, await: awaitKeyFrame } = setup();
    publish(0);
    wait(5000);
    subscribe();
    awaitKeyFrame();
    wait(100);
    receive(0, { sequence: 1, timestamp: 500_000, payload: VP8_DELTA_FRAME });
    wait(1000);
    expect(awaitKeyFrame()).toEqual([]);
  });

  test('is sent again to who asks for it, more and more seldom', () => {
    const { publish, wait, subscribe, await: awaitKeyFrame } = setup();
    publish(0);
    wait(5000);
    subscribe();
    awaitKeyFrame();
    let times = 0;
    for (let elapsed = 0; elapsed < 15_000; elapsed += 200) {
      wait(200);
      if (awaitKeyFrame(true).length > 0) times += 1;
    }
    expect(times).toBe(4);
  });

  test('is taken of the best layer that has one, and of a better one when that is wanted', () => {
    const { publish, wait, subscribe, forwarder, await: awaitKeyFrame } = setup({ layers: 3 });
    publish(0);
    publish(1);
    wait(10_000);
    subscribe();
    forwarder.setTarget(0, 7);
    expect(awaitKeyFrame()).toHaveLength(3);
    expect(forwarder.layer).toBe(0);
    forwarder.setTarget(2, 7);
    expect(awaitKeyFrame().map(({ number }) => number)).toEqual([3, 4, 5]);
    expect(forwarder.layer).toBe(1);
    expect(forwarder.keyFrameNeeded).toBe(2);
    expect(awaitKeyFrame()).toEqual([]);
  });

  test('is forgotten when the publisher mutes it', () => {
    const { publish, wait, subscribe, streams, await: awaitKeyFrame } = setup();
    publish(0);
    for (const stream of streams) stream.history?.forgetKeyFrame();
    wait(5000);
    subscribe();
    expect(awaitKeyFrame()).toEqual([]);
  });
});
