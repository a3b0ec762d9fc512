import { createCounters } from '@parley/core';
import {
  rtpMetrics,
  PacketClass,
  RtpDemuxer,
  RtpReceiver,
  RtpSender,
  SendBatch,
  SenderGroup,
} from '@parley/transport';
import { TX } from '@parley/wire';
import { describe, expect, test } from 'vitest';
import { Forwarder } from '../src/forwarder.js';
import { FakeWire, VP8_DELTA_FRAME, VP8_KEY_FRAME } from '../../transport/test/support/received.js';

/** A subscriber whose client gets lost packets again just as they were: it knows no retransmissions of their own. */
function setup({ remb }: { remb?: number } = {}) {
  const wire = new FakeWire({ slots: 4096, capacity: 4096 });
  const batch = new SendBatch(wire);
  const demuxer = new RtpDemuxer({ packets: wire, batch, counted: createCounters(rtpMetrics) });
  const counted = createCounters(rtpMetrics);
  const group = new SenderGroup({ batch, counted, onUrgent: () => undefined });
  const codecs = [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 }];
  const sender = new RtpSender(
    { mid: '3', kind: 'video', codecs },
    {
      wireSession: 4,
      random: (bytes) => new Uint8Array(bytes).fill(7),
      onTransportSequence: () => undefined,
      onClosed: () => undefined,
    },
  );
  group.add(sender);
  const forwarder = new Forwarder(sender, { mimeType: 'video/VP8', layering: 'single' });
  const receiver = new RtpReceiver(
    { mid: '0', kind: 'video', codecs, extensions: {}, ssrcs: [500], rtxPairs: [], rids: [] },
    { onClosed: () => undefined, requestKeyFrame: () => undefined },
  );
  let now = 0;
  receiver.addSink({
    onStream: () => undefined,
    onAudioLevel: () => undefined,
    onPackets: (source, rx, first, last) => forwarder.forward(0, source, rx, first, last, batch, now),
  });
  demuxer.addReceiver(receiver);
  if (remb !== undefined) group.receiveRemb(remb, 0);
  /** Publishes packets whose last byte is the mark. */
  const publish = (first: number, last: number, mark: number, isKeyFrame = false) => {
    for (let sequence = first; sequence <= last; sequence++) {
      const start = isKeyFrame && sequence === first ? VP8_KEY_FRAME : VP8_DELTA_FRAME;
      const { rx, count } = wire.receive([{ ssrc: 500, sequence, payload: [...start, mark] }]);
      demuxer.receive(rx, 0, count, (now += 1));
    }
    return sent();
  };
  const sent = () => {
    batch.flush();
    return wire.sent.splice(0).map((words) => {
      const end = words[TX.SOURCE]! * 1536 + (words[TX.LENGTH]! & 0xffff) + (words[TX.LENGTH]! >>> 16);
      return { sequence: words[TX.SEQUENCE]! & 0xffff, mark: wire.pool[end - 1] };
    });
  };
  const resend = (...sequences: number[]) => {
    forwarder.resend(sequences, batch, (now += 200));
    return sent();
  };
  return { forwarder, group, publish, resend };
}

describe('a packet that is sent again', () => {
  test('is the packet that it was', () => {
    const { publish, resend } = setup();
    const { sequence } = publish(3000, 3100, 1, true).at(-5)!;
    expect(resend(sequence)).toEqual([{ sequence, mark: 1 }]);
  });

  test('is never another one, though the publisher counts anew and comes past its old numbers', () => {
    const { publish, resend } = setup();
    const { sequence } = publish(3000, 3100, 1, true).at(-5)!;
    expect(publish(2050, 3100, 2)).toEqual([]);
    expect(resend(sequence)).toEqual([]);
  });

  test('nor when it counts anew while the subscriber gets nothing', () => {
    const { forwarder, publish, resend } = setup();
    const { sequence } = publish(3000, 3100, 1, true).at(-5)!;
    forwarder.pause();
    publish(2050, 3100, 2);
    expect(resend(sequence)).toEqual([]);
  });

  test('goes to a client that only limits the bitrate, too: nothing in it changes', () => {
    const { publish, resend } = setup({ remb: 5_000_000 });
    const { sequence } = publish(3000, 3010, 1, true)[3]!;
    expect(resend(sequence)).toEqual([{ sequence, mark: 1 }]);
  });

  test('is not given up because the path had no room for it again and again', () => {
    const { group, publish, resend } = setup({ remb: 5_000_000 });
    const { sequence } = publish(3000, 3010, 1, true)[3]!;
    // 55 kbit/s, and more than a second of them owed.
    group.receiveRemb(50_000, 11);
    group.bandwidth?.setDemand(5_000_000, 0, 11);
    group.bandwidth?.allows(60_000, 11, PacketClass.AUDIO);
    const sent = Array.from({ length: 8 }, () => resend(sequence));
    expect(sent.slice(0, 4).flat()).toEqual([]);
    expect(sent.flat()).toContainEqual({ sequence, mark: 1 });
  });
});
