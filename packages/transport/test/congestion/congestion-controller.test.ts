import { createCounters } from '@parley/core';
import type { TransportFeedback } from '@parley/rtp';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';

import {
  CongestionController,
  congestionMetrics,
  type CongestionCounters,
} from '../../src/congestion/index.js';

let controller: CongestionController;
let told: { bitrate: number; now: number }[];
let feedbackCount: number;

beforeEach(() => {
  told = [];
  feedbackCount = 0;
  controller = create();
});

function create(
  options: {
    startBitrate?: number;
    minBitrate?: number;
    maxBitrate?: number;
    total?: CongestionCounters;
  } = {},
) {
  return new CongestionController({
    ...options,
    observer: { onEstimate: (bitrate, now) => told.push({ bitrate, now }) },
  });
}

/** Feedback on packets that arrived 20 ms after the time told, in milliseconds. */
function feedback(
  arrived: readonly { sequence: number; sentAt: number }[],
  statusCount?: number,
): TransportFeedback {
  const base = arrived[0]?.sequence ?? 0;
  const last = arrived.at(-1)?.sequence ?? 0;
  return {
    type: 'transportFeedback',
    senderSsrc: 1,
    mediaSsrc: 2,
    feedbackCount: feedbackCount++ & 0xff,
    baseSequence: base,
    statusCount: statusCount ?? ((last - base) & 0xffff) + 1,
    sequences: arrived.map(({ sequence }) => sequence),
    arrivals: arrived.map(({ sentAt }) => (sentAt + 20) * 1000),
  };
}

/** Sends packets every 10 ms for some time, with feedback every 50 ms on those that `arrives` names. */
function stream(
  from: number,
  duration: number,
  bytes: number,
  arrives: (packet: number) => boolean = () => true,
) {
  let arrived: { sequence: number; sentAt: number }[] = [];
  for (let packet = 0; packet * 10 < duration; packet++) {
    const now = from + packet * 10;
    const sequence = controller.packetSent(bytes, now);
    if (arrives(packet)) arrived.push({ sequence, sentAt: now });
    if (packet % 5 === 4 && arrived.length > 0) {
      controller.receiveFeedback(feedback(arrived), now + 40);
      arrived = [];
    }
  }
}

it('begins with the start bitrate, within its bounds', () => {
  expect(controller.estimate).toBe(300_000);
  expect(create({ startBitrate: 500_000 }).estimate).toBe(500_000);
  expect(create({ startBitrate: 500_000, maxBitrate: 200_000 }).estimate).toBe(200_000);
  expect(create({ startBitrate: 1, minBitrate: 40_000 }).estimate).toBe(40_000);
});

it('numbers packets with 16 bits', () => {
  expect(controller.packetSent(100, 0)).toBe(0);
  expect(controller.packetSent(100, 0)).toBe(1);
  for (let i = 2; i < 65_536; i++) controller.packetSent(100, 0);
  expect(controller.packetSent(100, 0)).toBe(0);
});

it('grows while everything arrives in time, and tells so', () => {
  stream(0, 3000, 375);
  expect(controller.estimate).toBeGreaterThan(350_000);
  expect(controller.state).toBe('increase');
  expect(controller.acknowledgedBitrate).toBeCloseTo(300_000, -4);
  expect(controller.sentBitrate).toBeCloseTo(300_000, -4);
  expect(told.length).toBeGreaterThan(5);
  expect(told.at(-1)!.bitrate).toBeGreaterThan(0.98 * controller.estimate);
});

it('does not tell what is hardly a change', () => {
  stream(0, 3000, 375);
  told.reduce((before, { bitrate }) => {
    expect(Math.abs(bitrate - before)).toBeGreaterThan(0.01 * before);
    return bitrate;
  }, 300_000);
});

it('tells lost packets from received ones', () => {
  stream(0, 4000, 375, (packet) => packet % 10 !== 3);
  expect(controller.lossRatio).toBeCloseTo(0.1, 1);
  expect(controller.counters.lost).toBeCloseTo(0.1 * 400, -1);
  expect(controller.counters.received).toBeCloseTo(0.9 * 400, -2);
});

it('heavy loss brings the estimate down', () => {
  stream(0, 2000, 375);
  const before = controller.estimate;
  stream(2000, 1000, 375, (packet) => packet % 2 === 0);
  expect(controller.counters.lossCuts).toBeGreaterThan(0);
  expect(controller.estimate).toBeLessThan(0.8 * before);
});

it('takes feedback that comes twice, late, or on packets never sent', () => {
  const sent = Array.from({ length: 20 }, (_, i) => ({
    sequence: controller.packetSent(500, i * 10),
    sentAt: i * 10,
  }));
  const first = feedback(sent.slice(0, 10));
  const second = feedback(sent.slice(10));
  controller.receiveFeedback(second, 250);
  controller.receiveFeedback(first, 251);
  controller.receiveFeedback(first, 252);
  controller.receiveFeedback(second, 253);
  controller.receiveFeedback(feedback([{ sequence: 40_000, sentAt: 0 }], 65_535), 254);
  expect(controller.counters.lost).toBe(0);
  expect(controller.counters.feedback).toBe(5);
  expect(controller.counters.unknown).toBeGreaterThan(0);
  expect(controller.estimate).toBe(300_000);
});

it('counts feedback that got lost', () => {
  stream(0, 500, 375);
  feedbackCount += 3;
  stream(500, 500, 375);
  expect(controller.counters.feedbackLost).toBe(3);
});

describe('without feedback', () => {
  it('nothing is due as long as nothing is sent', () => {
    expect(controller.deadline).toBe(Infinity);
    controller.handleTimeout(1e6);
    expect(controller.estimate).toBe(300_000);
  });

  it('the estimate decays while packets are sent, down to the least', () => {
    controller.setRtt(50);
    controller.packetSent(500, 1000);
    expect(controller.deadline).toBe(2050);
    for (let now = 1000; now < 10_000; now += 50) {
      controller.packetSent(500, now);
      if (now >= controller.deadline) controller.handleTimeout(now);
    }
    expect(controller.estimate).toBe(30_000);
    expect(told.at(-1)!.bitrate).toBe(30_000);
    expect(controller.state).toBe('decrease');
  });

  it('the estimate stays when nothing more is sent', () => {
    controller.packetSent(500, 0);
    controller.handleTimeout(5000);
    expect(controller.estimate).toBe(300_000);
    expect(controller.deadline).toBe(Infinity);
  });

  it('any news ends the wait', () => {
    const sequence = controller.packetSent(500, 0);
    controller.receiveFeedback(feedback([{ sequence, sentAt: 0 }]), 100);
    expect(controller.deadline).toBe(Infinity);
  });

  it('feedback that only repeats is no news', () => {
    const sequence = controller.packetSent(500, 0);
    const report = feedback([{ sequence, sentAt: 0 }]);
    controller.receiveFeedback(report, 100);
    controller.packetSent(500, 200);
    controller.receiveFeedback(report, 300);
    expect(controller.deadline).toBe(1300);
  });
});

describe('REMB', () => {
  it('is the estimate of a receiver that gives no other feedback', () => {
    controller.receiveRemb(2_000_000, 0);
    expect(controller.estimate).toBe(2_000_000);
    controller.receiveRemb(400_000, 1000);
    expect(controller.estimate).toBe(400_000);
    expect(told.map(({ bitrate }) => bitrate)).toEqual([2_000_000, 400_000]);
  });

  it.each([true, false])(
    'is let go of when it stays away for 5 s, whether or not anything is sent: %s',
    (sends) => {
      controller.receiveRemb(400_000, 0);
      const wait = (from: number, to: number) => {
        for (let now = from; now < to; now += 10) {
          if (sends) controller.packetSent(100, now);
          controller.handleTimeout(now);
        }
      };
      wait(0, 5000);
      expect(controller.estimate).toBe(400_000);
      wait(5000, 30_000);
      expect(controller.estimate).toBeGreaterThan(3_000_000);
      controller.receiveRemb(400_000, 30_000);
      expect(controller.estimate).toBe(400_000);
    },
  );

  it('limits no longer where only transport-wide feedback goes on', () => {
    stream(0, 1000, 375);
    controller.receiveRemb(100_000, 1000);
    stream(1000, 6100, 375);
    expect(controller.estimate).toBeGreaterThan(250_000);
  });

  it('only limits where there is transport-wide feedback', () => {
    stream(0, 1000, 375);
    const before = controller.estimate;
    controller.receiveRemb(5_000_000, 1000);
    expect(controller.estimate).toBe(before);
    controller.receiveRemb(200_000, 1000);
    expect(controller.estimate).toBe(200_000);
    controller.receiveRemb(0, 1000);
    expect(controller.estimate).toBe(30_000);
  });
});

describe('a probe', () => {
  it('is sent in pieces, with the media that flows meanwhile', () => {
    const first = controller.probe(0, 5_000_000);
    expect(first).toBe(338);
    controller.packetSent(first, 0);
    expect(controller.deadline).toBe(3);
    controller.packetSent(300, 1);
    expect(controller.probe(3, 5_000_000)).toBe(38);
    controller.packetSent(38, 3);
    expect(controller.probe(100, 5_000_000)).toBe(0);
    expect(controller.counters.probes).toBe(1);
  });

  it('is not due if the application wants no more', () => {
    expect(controller.probe(0, 300_000)).toBe(0);
    expect(controller.probe(0, 0)).toBe(0);
  });

  it('tries no more than the bounds allow', () => {
    controller = create({ maxBitrate: 300_000 });
    expect(controller.probe(0, 5_000_000)).toBe(0);
    controller = create();
    controller.receiveRemb(300_000, 0);
    expect(controller.probe(0, 5_000_000)).toBe(0);
  });

  it('that arrives raises the estimate at once', () => {
    const sent: { sequence: number; sentAt: number }[] = [];
    for (let now = 0; now < 20; now += 3) {
      const bytes = controller.probe(now, 5_000_000);
      if (bytes > 0) sent.push({ sequence: controller.packetSent(bytes, now), sentAt: now });
    }
    controller.receiveFeedback(feedback(sent), 60);
    expect(controller.estimate).toBeGreaterThan(800_000);
    expect(controller.counters.probesRaised).toBe(1);
    expect(told).toHaveLength(1);
    expect(controller.probe(61, 5_000_000)).toBeGreaterThan(0);
  });
});

it('without probes the estimate grows in steps, as far as is wanted', () => {
  controller.raiseUntested(0, 600_000);
  expect(controller.estimate).toBe(450_000);
  controller.raiseUntested(3000, 600_000);
  expect(controller.estimate).toBe(450_000);
  controller.raiseUntested(4000, 600_000);
  controller.raiseUntested(8000, 600_000);
  expect(controller.estimate).toBe(600_000);
});

it('of a receiver that never tells anything the path is taken to carry what is wanted', () => {
  for (let now = 0; now < 60_000; now += 5) {
    const bytes = controller.probe(now, 5_000_000);
    if (bytes > 0) controller.packetSent(bytes, now);
  }
  expect(controller.estimate).toBe(5_000_000);
});

it('no feedback whatever throws, or leads beyond the bounds', () => {
  const report = fc.record({
    baseSequence: fc.integer({ min: 0, max: 65_535 }),
    statusCount: fc.integer({ min: 0, max: 65_535 }),
    feedbackCount: fc.integer({ min: 0, max: 255 }),
    packets: fc.array(
      fc.record({
        sequence: fc.integer({ min: 0, max: 65_535 }),
        arrival: fc.double({ min: -(2 ** 52), max: 2 ** 52, noNaN: true }),
      }),
      { maxLength: 50 },
    ),
    near: fc.boolean(),
    elapsed: fc.integer({ min: 0, max: 3000 }),
    sent: fc.integer({ min: 0, max: 40 }),
    bytes: fc.integer({ min: 0, max: 65_535 }),
  });
  fc.assert(
    fc.property(fc.array(report, { maxLength: 40 }), (reports) => {
      controller = create();
      let now = 0;
      let last = 0;
      for (const { packets, near, elapsed, sent, bytes, ...rest } of reports) {
        for (let i = 0; i < sent; i++) last = controller.packetSent(bytes, now);
        now += elapsed;
        // Half of them are about packets that were sent.
        const number = (sequence: number) => (near ? (last - (sequence % 64)) & 0xffff : sequence);
        controller.receiveFeedback(
          {
            type: 'transportFeedback',
            senderSsrc: 1,
            mediaSsrc: 1,
            ...rest,
            baseSequence: number(rest.baseSequence),
            sequences: packets.map(({ sequence }) => number(sequence)),
            arrivals: packets.map(({ arrival }) => arrival),
          },
          now,
        );
        controller.handleTimeout(now);
        const probe = controller.probe(now, 1e12);
        expect(probe).toBeGreaterThanOrEqual(0);
        expect(probe).toBeLessThan(1_000_000);
        expect(controller.estimate).toBeGreaterThanOrEqual(30_000);
        expect(controller.estimate).toBeLessThanOrEqual(100_000_000);
      }
    }),
    { seed: 1, numRuns: 300 },
  );
});

it('100,000 packets leave no more memory taken than the first thousand', () => {
  stream(0, 10_000, 1000);
  const before = process.memoryUsage().arrayBuffers;
  stream(10_000, 1_000_000, 1000);
  expect(controller.counters.received).toBeGreaterThan(100_000);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
});

it('counts what became of its path by itself, and together with other paths', () => {
  const total = createCounters(congestionMetrics);
  for (let path = 0; path < 2; path++) {
    feedbackCount = 0;
    controller = create({ total });
    stream(0, 1000, 1000, (packet) => packet !== 7);
    expect(controller.counters).toMatchObject({ feedback: 20, lost: 1 });
  }
  expect(total).toEqual({
    ...controller.counters,
    feedback: 40,
    received: 2 * controller.counters.received,
    lost: 2,
  });
});
