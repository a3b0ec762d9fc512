import { beforeEach, describe, expect, it } from 'vitest';

import { PacketArrival, ReceiveStatistics } from '../../src/rtp/index.js';
import { randomNumbers } from '../random.js';

let stream: ReceiveStatistics;

beforeEach(() => {
  stream = new ReceiveStatistics({ ssrc: 7, clockRate: 90_000 });
});

/** Receives packets 20 ms apart, on time. */
function receive(...sequences: number[]): number[] {
  return sequences.map((sequence) => stream.receive(sequence & 0xffff, sequence * 1800, sequence * 20));
}

describe('loss', () => {
  it('is nothing when all packets come, across the wrap of the sequence number', () => {
    for (let sequence = 65_000; sequence < 140_000; sequence++) receive(sequence);
    expect(stream.lost).toBe(0);
    expect(stream.received).toBe(75_000);
    expect(stream.reportBlock(0)).toMatchObject({
      ssrc: 7,
      fractionLost: 0,
      cumulativeLost: 0,
      extendedHighestSequence: 139_999,
    });
  });

  it('is told as the fraction since the last report, and in all', () => {
    for (let sequence = 0; sequence < 100; sequence++) if (sequence % 4 !== 1) receive(sequence);
    expect(stream.reportBlock(0)).toMatchObject({ fractionLost: 64, cumulativeLost: 25 });
    for (let sequence = 100; sequence < 200; sequence++) receive(sequence);
    expect(stream.reportBlock(0)).toMatchObject({ fractionLost: 0, cumulativeLost: 25 });
    expect(stream.reportBlock(0)).toMatchObject({ fractionLost: 0, cumulativeLost: 25 });
  });

  it('is mended by late packets, and not by reordering made worse', () => {
    receive(65_534, 65_535, 65_537, 65_538);
    expect(stream.lost).toBe(1);
    expect(receive(65_536)).toEqual([PacketArrival.LATE]);
    expect(stream.lost).toBe(0);
    expect(stream.late).toBe(1);
    expect(stream.extendedHighestSequence).toBe(65_538);
  });

  it('may be negative, as RFC 3550 wants it, and never a negative fraction', () => {
    receive(1, 2, 2, 2);
    expect(stream.duplicates).toBe(2);
    expect(stream.reportBlock(0)).toMatchObject({ fractionLost: 0, cumulativeLost: -2 });
  });

  it('counts a late packet from before the first as no more than a packet', () => {
    receive(10, 9);
    expect(stream.reportBlock(0)).toMatchObject({
      fractionLost: 0,
      cumulativeLost: -1,
      extendedHighestSequence: 10,
    });
  });

  it('agrees with the truth on a network that loses, repeats and reorders', () => {
    const random = randomNumbers(1);
    const arrivals: { sequence: number; at: number }[] = [];
    const distinct = new Set<number>();
    for (let sequence = 60_000; sequence < 160_000; sequence++) {
      if (sequence > 60_000 && sequence < 159_999 && random() < 0.1) continue;
      distinct.add(sequence);
      arrivals.push({ sequence, at: sequence + (sequence > 60_000 ? random() * 40 : 0) });
      if (random() < 0.02) arrivals.push({ sequence, at: sequence + 40 + random() * 40 });
    }
    arrivals.sort((a, b) => a.at - b.at);
    for (const { sequence } of arrivals) stream.receive(sequence & 0xffff, 0, 0);
    expect(stream.received).toBe(arrivals.length);
    expect(stream.duplicates).toBe(arrivals.length - distinct.size);
    expect(stream.lost + stream.duplicates).toBe(100_000 - distinct.size);
  });
});

describe('what each packet is', () => {
  it('is told', () => {
    expect(receive(5, 6, 8, 7, 7, 8)).toEqual([
      PacketArrival.NEWER,
      PacketArrival.NEWER,
      PacketArrival.NEWER,
      PacketArrival.LATE,
      PacketArrival.DUPLICATE,
      PacketArrival.DUPLICATE,
    ]);
  });

  it('is late, not a duplicate, when another packet had its place in the window', () => {
    receive(0, 600);
    expect(receive(599, 512, 88)).toEqual([PacketArrival.LATE, PacketArrival.LATE, PacketArrival.STRAY]);
    receive(601, 1100);
    expect(receive(1099)).toEqual([PacketArrival.LATE]);
  });

  it('is a stray one when it is far from the others, which leaves the statistics alone', () => {
    receive(100, 101);
    expect(receive(30_000, 102)).toEqual([PacketArrival.STRAY, PacketArrival.NEWER]);
    expect(stream.lost).toBe(0);
  });

  it('starts the stream anew when two follow each other far from the others', () => {
    receive(100, 101, 103);
    expect(receive(30_000, 30_001)).toEqual([PacketArrival.STRAY, PacketArrival.NEWER]);
    expect(stream.reportBlock(0)).toMatchObject({ cumulativeLost: 0, extendedHighestSequence: 30_001 });
    expect(receive(65_535, 65_536)).toEqual([PacketArrival.STRAY, PacketArrival.NEWER]);
  });
});

describe('jitter', () => {
  it('is nothing while packets come as they were sent, across the wrap of the timestamp', () => {
    for (let i = 0; i < 100; i++) stream.receive(i, (0xffff_0000 + i * 1800) >>> 0, i * 20);
    expect(stream.jitter).toBe(0);
  });

  it('approaches the mean difference of transit times', () => {
    for (let i = 0; i < 1000; i++) stream.receive(i, i * 1800, i * 20 + (i % 2) * 5);
    expect(stream.jitter).toBeCloseTo(450, 6);
    expect(stream.reportBlock(0).jitter).toBe(449);
  });

  it('is not changed by a late packet', () => {
    for (let i = 0; i < 100; i++) if (i !== 50) stream.receive(i, i * 1800, i * 20);
    stream.receive(50, 50 * 1800, 5000);
    expect(stream.jitter).toBe(0);
  });
});

describe('sender reports', () => {
  const report = {
    type: 'senderReport' as const,
    ssrc: 7,
    ntpSeconds: 0x1234_5678,
    ntpFraction: 0x9abc_def0,
    rtpTimestamp: 42,
    packetCount: 0,
    octetCount: 0,
    reports: [],
  };

  it('are named in the report block, with the time since', () => {
    expect(stream.reportBlock(0)).toMatchObject({ lastSenderReport: 0, delaySinceLastSenderReport: 0 });
    stream.receiveSenderReport(report, 1000);
    expect(stream.reportBlock(1500)).toMatchObject({
      lastSenderReport: 0x5678_9abc,
      delaySinceLastSenderReport: 32_768,
    });
  });

  it('give the reference between the clocks', () => {
    expect(stream.clockReference).toBeUndefined();
    stream.receiveSenderReport(report, 1000);
    expect(stream.clockReference).toEqual({
      ntpSeconds: 0x1234_5678,
      ntpFraction: 0x9abc_def0,
      rtpTimestamp: 42,
      receivedAt: 1000,
    });
  });

  it('say nothing about packets before the first', () => {
    expect(stream.reportBlock(0)).toMatchObject({
      fractionLost: 0,
      cumulativeLost: 0,
      extendedHighestSequence: 0,
    });
  });
});
