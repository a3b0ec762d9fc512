import { createCounters } from '@parley/core';
import { parseRtcp, writeRemb, type RtcpPacket } from '@parley/rtp';
import { describe, expect, test } from 'vitest';
import { PACKET_OVERHEAD } from '../../src/congestion/bandwidth-control.js';
import { PacketClass } from '../../src/congestion/index.js';
import { TransportFeedbackRecorder } from '../../src/rtp/index.js';
import { RtpSender } from '../../src/rtp-session/rtp-sender.js';
import { rtpMetrics } from '../../src/rtp-session/rtp-metrics.js';
import { SendBatch } from '../../src/rtp-session/send-batch.js';
import { SenderGroup } from '../../src/rtp-session/sender-group.js';
import { randomBytes } from '../random.js';
import { FakeWire } from '../support/received.js';

const EXTENSION_ID = 3;

function setup() {
  const wire = new FakeWire();
  const batch = new SendBatch(wire);
  const counted = createCounters(rtpMetrics);
  let urgent = 0;
  const group = new SenderGroup({
    batch,
    counted,
    onUrgent: () => (urgent += 1),
  });
  const add = ({ rtx = true, transportSequence }: { rtx?: boolean; transportSequence?: number } = {}) => {
    const codec = { mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 };
    const sender = new RtpSender(
      {
        mid: String(group.size),
        kind: 'video',
        codecs: [rtx ? { ...codec, rtxPayloadType: 97 } : codec],
        ...(transportSequence !== undefined && { transportSequence }),
      },
      {
        wireSession: 1,
        random: randomBytes(group.size + 1),
        onTransportSequence: (accepting, id) => group.acceptTransportSequence(accepting, id),
        onClosed: (closed) => group.remove(closed),
      },
    );
    group.add(sender);
    return sender;
  };
  const sent = () => {
    batch.flush();
    wire.sent.length = 0;
    return wire.sentBytes.splice(0);
  };
  return { wire, batch, counted, group, add, sent, urgent: () => urgent };
}

function packet(write: (out: Uint8Array) => number): RtcpPacket {
  const out = new Uint8Array(1200);
  return parseRtcp(out, 0, write(out)).packets[0]!;
}

describe('SenderGroup', () => {
  test('knows nothing of the path of a peer that takes no part', () => {
    const { group, add } = setup();
    expect(add().bandwidth).toBeUndefined();
    expect(group.bandwidth).toBeUndefined();
    expect(group.pace(1, 0)).toBe(false);
  });

  test('shares one bandwidth control among the senders whose packets the peer gives feedback on', () => {
    const { group, add } = setup();
    const numbered = add({ transportSequence: EXTENSION_ID });
    const offered = add();
    const plain = add();
    offered.acceptTransportSequence(EXTENSION_ID);
    expect(numbered.bandwidth).toBe(group.bandwidth);
    expect(offered.bandwidth).toBe(group.bandwidth);
    expect(plain.bandwidth).toBeUndefined();
  });

  test('does not number packets under an id that means something else in their section', () => {
    const { group, add } = setup();
    add({ transportSequence: EXTENSION_ID });
    expect(add({ transportSequence: EXTENSION_ID + 1 }).bandwidth).toBeUndefined();
    expect(group.bandwidth?.extensionId).toBe(EXTENSION_ID);
  });

  test('an id that the one-byte form has no room for is not used', () => {
    const { group, add } = setup();
    add({ transportSequence: 15 });
    expect(group.bandwidth).toBeUndefined();
  });

  test('believes the REMB of a peer that knows nothing better, for all senders, and sends it no numbers', () => {
    const { group, add, batch } = setup();
    const sender = add();
    const remb = packet((out) => writeRemb(out, 0, 1, 400_000, [sender.ssrc]));
    if (remb.type === 'remb') group.receiveRemb(remb.bitrate, 100);
    expect(group.bandwidth?.estimate).toBeCloseTo(400_000, -3);
    expect(sender.bandwidth).toBe(group.bandwidth);
    expect(add().bandwidth).toBe(group.bandwidth);
    expect(group.bandwidth?.stamp(batch.scratch, 0, 100, 100)).toBe(0);
  });

  test('probes with padding as retransmissions of nothing, numbered, as soon as there is something to win', () => {
    const { group, add, sent, urgent } = setup();
    const sender = add({ transportSequence: EXTENSION_ID });
    group.pace(1, 0);
    expect(sent()).toEqual([]);
    group.bandwidth!.setDemand(3_000_000, 0, 0);
    const asked = urgent();
    expect(asked).toBe(1);
    group.pace(1, 1000);
    const packets = sent();
    expect(urgent()).toBeGreaterThan(asked);
    expect(packets.length).toBeGreaterThanOrEqual(3);
    for (const [index, bytes] of packets.entries()) {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      expect(bytes[0]).toBe(0xb0);
      expect(bytes[1]).toBe(97);
      expect(view.getUint32(8)).toBe(sender.rtxSsrc);
      expect(view.getUint32(12)).toBe(0xbede_0001);
      expect([...bytes.subarray(16, 19)]).toEqual([(EXTENSION_ID << 4) | 1, 0, index]);
      // All that follows the header is padding, as its last byte tells.
      expect(bytes.at(-1)).toBe(bytes.length - 20);
    }
    // The rate of the probe is three times the estimate of 1 Mbit/s: 15 ms of it in all.
    let all = packets.length;
    for (let now = 1005; now < 1100; now += 5) {
      group.pace(1, now);
      all += sent().length;
    }
    const bytes = all * (packets[0]!.length - 20 + PACKET_OVERHEAD);
    expect(bytes).toBeGreaterThanOrEqual((3_000_000 * 15) / 8000);
    expect(bytes).toBeLessThan((3_000_000 * 20) / 8000);
  });

  test('sends no padding by a sender that is only offered yet', () => {
    const { group, add, sent } = setup();
    add();
    const answered = add({ transportSequence: EXTENSION_ID });
    group.bandwidth!.setDemand(3_000_000, 0, 0);
    group.pace(1, 1000);
    const [bytes] = sent();
    expect(Buffer.from(bytes!).readUInt32BE(8)).toBe(answered.rtxSsrc);
  });

  test('is asked for no more padding once there is nobody to send it', () => {
    const { group, add } = setup();
    const sender = add({ transportSequence: EXTENSION_ID });
    group.bandwidth!.setDemand(3_000_000, 0, 0);
    expect(group.pace(1, 1000)).toBe(true);
    sender.close();
    expect(group.pace(1, 1005)).toBe(false);
  });

  test('cannot probe where nothing can be sent again', () => {
    const { group, add, sent } = setup();
    add({ rtx: false, transportSequence: EXTENSION_ID });
    group.bandwidth!.setDemand(3_000_000, 0, 0);
    group.pace(1, 1000);
    expect(sent()).toEqual([]);
  });

  test('feedback reaches the estimate', () => {
    const { group, add, batch } = setup();
    add({ transportSequence: EXTENSION_ID });
    const bandwidth = group.bandwidth!;
    const recorder = new TransportFeedbackRecorder();
    for (let number = 0; number < 4; number++) {
      bandwidth.stamp(batch.scratch, 0, 1000, number * 10);
      if (number !== 2) recorder.receive(number, (number + 2) * 10_000);
    }
    const feedback = packet((out) => recorder.write(out, 0, out.length, 1, 2)[0] ?? 0);
    if (feedback.type === 'transportFeedback') group.receiveFeedback(feedback, 100);
    expect(bandwidth.counters).toMatchObject({ feedback: 1, unknown: 0 });
  });

  test('feedback that nobody asked for is counted, and changes nothing', () => {
    const { group, counted } = setup();
    const feedback = packet((out) => {
      const recorder = new TransportFeedbackRecorder();
      recorder.receive(1, 0);
      return recorder.write(out, 0, out.length, 1, 2)[0] ?? 0;
    });
    if (feedback.type === 'transportFeedback') group.receiveFeedback(feedback, 100);
    expect(group.bandwidth).toBeUndefined();
    expect(counted.rtcpUnexpected).toBe(1);
  });

  test('packets that wait are asked for in turns, as long as some wait', () => {
    const { group, add, urgent } = setup();
    const asked: string[] = [];
    const senders = [add({ transportSequence: EXTENSION_ID }), add({ transportSequence: EXTENSION_ID })];
    let isWaiting = true;
    for (const sender of senders) {
      sender.observer = {
        onNack: () => 0,
        onPace: () => {
          asked.push(sender.mid);
          return isWaiting;
        },
        onKeyFrameRequest: () => undefined,
        clock: () => undefined,
      };
    }
    expect(group.pace(1, 0)).toBe(false);
    expect(asked).toEqual([]);
    // The peer takes less than is wanted: a megabyte at once is more than the pacer lets through.
    group.bandwidth!.setDemand(3_000_000, 0, 0);
    group.receiveRemb(500_000, 0);
    for (let packets = 0; packets < 1000; packets++) group.bandwidth!.allows(1000, 0, PacketClass.VIDEO);
    expect(urgent()).toBeGreaterThan(0);
    expect(group.pace(1, 5)).toBe(true);
    expect(group.pace(1, 10)).toBe(true);
    isWaiting = false;
    expect(group.pace(1, 15)).toBe(false);
    expect(asked).toEqual(['1', '0', '0', '1', '1', '0']);
  });
});
