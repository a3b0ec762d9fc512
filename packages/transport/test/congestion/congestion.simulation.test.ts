import { describe, expect, it } from 'vitest';

import { layered, Simulation } from './simulation.js';
import { TcpFlow } from './tcp-flow.js';

const SEEDS = [1, 2, 3];

describe.each(SEEDS)('on a link that is simulated with seed %i', (seed) => {
  it.each([500_000, 2_000_000, 20_000_000])(
    'the estimate comes to the %i bit/s of a link within 10 s and stays, without a standing queue',
    (bitrate) => {
      const simulation = new Simulation(seed, { bitrate });
      simulation.addFlow();
      simulation.run(8000);
      const { flows, longestWait } = simulation.run(12_000);
      expect(flows[0]!.average).toBeGreaterThan(0.8 * bitrate);
      expect(flows[0]!.average).toBeLessThan(1.05 * bitrate);
      expect(flows[0]!.least).toBeGreaterThan(0.75 * bitrate);
      expect(flows[0]!.largest).toBeLessThan(1.2 * bitrate);
      expect(flows[0]!.received).toBeGreaterThan(0.8 * bitrate);
      expect(longestWait).toBeLessThan(150);
    },
  );

  it('the first second brings a flow near to what the link carries', () => {
    const simulation = new Simulation(seed, { bitrate: 5_000_000 });
    const { controller } = simulation.addFlow();
    simulation.run(1000);
    expect(controller.estimate).toBeGreaterThan(0.75 * 5_000_000);
  });

  it('random loss of 5% leaves a flow most of a link', () => {
    const simulation = new Simulation(seed, { bitrate: 500_000, loss: 0.05 });
    simulation.addFlow();
    simulation.run(10_000);
    const { flows, longestWait } = simulation.run(30_000);
    expect(flows[0]!.average).toBeGreaterThan(0.75 * 500_000);
    expect(flows[0]!.least).toBeGreaterThan(0.5 * 500_000);
    expect(flows[0]!.received).toBeGreaterThan(0.7 * 500_000);
    expect(longestWait).toBeLessThan(150);
  });

  it('random loss of 5% leaves a fast flow most of a link', () => {
    const simulation = new Simulation(seed, { bitrate: 20_000_000, loss: 0.05 });
    simulation.addFlow();
    simulation.run(5000);
    expect(simulation.run(10_000).flows[0]!.average).toBeGreaterThan(0.7 * 20_000_000);
  });

  it('a link with a queue so short that it drops before delay grows is not flooded', () => {
    const simulation = new Simulation(seed, { bitrate: 500_000, queue: 30 });
    const { controller } = simulation.addFlow();
    simulation.run(5000);
    const { flows } = simulation.run(25_000);
    expect(flows[0]!.average).toBeGreaterThan(0.75 * 500_000);
    expect(controller.counters.lost).toBeLessThan(0.1 * controller.counters.received);
  });

  it.each([0, 0.05])(
    'a drop from 3 Mbit/s to 500 kbit/s is followed within 2 s, the recovery within 10 s, at a loss of %d',
    (loss) => {
      const simulation = new Simulation(seed, { bitrate: 3_000_000, loss });
      const { controller } = simulation.addFlow();
      simulation.run(10_000);
      simulation.link.options.bitrate = 500_000;
      expect(simulation.runUntil(2000, () => controller.estimate < 525_000)).toBeLessThan(1000);
      simulation.run(3000);
      const { flows, longestWait } = simulation.run(7000);
      expect(flows[0]!.average).toBeGreaterThan(0.75 * 500_000);
      expect(longestWait).toBeLessThan(150);
      simulation.link.options.bitrate = 3_000_000;
      const recovery = simulation.runUntil(10_000, () => controller.estimate > 0.75 * 3_000_000);
      expect(recovery).toBeLessThan(10_000);
    },
  );

  it('layers follow a link that narrows and recovers, and do not flap in between', () => {
    const simulation = new Simulation(seed, { bitrate: 3_000_000, loss: 0.05 });
    let chosen = 0;
    let changes = 0;
    const choose = layered([200_000, 400_000, 530_000, 1_550_000]);
    const rate = (estimate: number) => {
      const bitrate = choose(estimate);
      if (bitrate !== chosen) changes++;
      return (chosen = bitrate);
    };
    simulation.addFlow({ rate, wanted: 1_800_000 });
    expect(simulation.runUntil(2000, () => chosen === 1_550_000)).toBeLessThan(2000);
    simulation.run(10_000);
    simulation.link.options.bitrate = 500_000;
    expect(simulation.runUntil(2000, () => chosen <= 400_000)).toBeLessThan(2000);
    simulation.run(5000);
    changes = 0;
    const { flows, longestWait } = simulation.run(30_000);
    expect(flows[0]!.received).toBeGreaterThan(0.3 * 1_000_000);
    expect(longestWait).toBeLessThan(150);
    expect(changes).toBeLessThan(12);
    simulation.link.options.bitrate = 3_000_000;
    expect(simulation.runUntil(10_000, () => chosen === 1_550_000)).toBeLessThan(10_000);
  });

  it('a flow that comes later gets its share, and leaves the first one its own', () => {
    const simulation = new Simulation(seed, { bitrate: 2_000_000 });
    simulation.addFlow();
    simulation.run(10_000);
    simulation.addFlow();
    simulation.run(20_000);
    const { flows, longestWait } = simulation.run(40_000);
    const [first, second] = flows.map(({ received }) => received);
    expect(first! / second!).toBeGreaterThan(0.5);
    expect(first! / second!).toBeLessThan(2);
    expect(first! + second!).toBeGreaterThan(0.85 * 2_000_000);
    expect(longestWait).toBeLessThan(200);
  });

  it('a download that fills the queue leaves a flow some of a link, and all of it when it ends', () => {
    const simulation = new Simulation(seed, { bitrate: 10_000_000, queue: 150 });
    const { controller } = simulation.addFlow();
    simulation.run(5000);
    const tcp = new TcpFlow(simulation.link);
    simulation.traffic.push(tcp);
    simulation.run(20_000);
    expect(simulation.run(20_000).flows[0]!.received).toBeGreaterThan(0.1 * 10_000_000);
    simulation.traffic.pop();
    expect(simulation.runUntil(20_000, () => controller.estimate > 7_500_000)).toBeLessThan(20_000);
  });

  it('jitter and reordering are neither overuse nor loss', () => {
    const simulation = new Simulation(seed, { bitrate: 2_000_000, jitter: 20, reorders: true });
    const { controller } = simulation.addFlow();
    simulation.run(25_000);
    expect(simulation.run(10_000).flows[0]!.average).toBeGreaterThan(0.75 * 2_000_000);
    expect(controller.counters.lost).toBe(0);
  });

  it('a longer route is no congestion for long', () => {
    const simulation = new Simulation(seed, { bitrate: 3_000_000 });
    simulation.addFlow();
    simulation.run(10_000);
    simulation.link.options.delay = 80;
    simulation.run(10_000);
    expect(simulation.run(10_000).flows[0]!.least).toBeGreaterThan(0.75 * 3_000_000);
  });

  it('a long round trip costs time, not rate', () => {
    const simulation = new Simulation(seed, { bitrate: 2_000_000, delay: 150 });
    simulation.addFlow({ feedbackInterval: 100 });
    simulation.run(10_000);
    const { flows, longestWait } = simulation.run(20_000);
    expect(flows[0]!.average).toBeGreaterThan(0.8 * 2_000_000);
    expect(longestWait).toBeLessThan(150);
  });

  it('feedback that gets lost is not taken for loss of packets', () => {
    const simulation = new Simulation(seed, { bitrate: 2_000_000 });
    const { controller } = simulation.addFlow({ feedbackLoss: 0.3, feedbackInterval: 100 });
    simulation.run(15_000);
    expect(simulation.run(10_000).flows[0]!.average).toBeGreaterThan(0.8 * 2_000_000);
    expect(controller.counters.lost).toBe(0);
    expect(controller.counters.feedbackLost).toBeGreaterThan(50);
  });
});

it('an application that sends little does not inflate the estimate', () => {
  const simulation = new Simulation(1, { bitrate: 5_000_000 });
  simulation.addFlow({ rate: () => 600_000, wanted: 600_000 });
  simulation.run(5000);
  const { flows } = simulation.run(30_000);
  expect(flows[0]!.largest).toBeLessThan(1.9 * 600_000);
});

it('an application that sends little and wants more learns by probes what the link carries', () => {
  const simulation = new Simulation(1, { bitrate: 5_000_000 });
  const { controller } = simulation.addFlow({ rate: () => 600_000, wanted: 4_000_000 });
  expect(simulation.runUntil(3000, () => controller.estimate > 3_500_000)).toBeLessThan(3000);
  const { flows, longestWait } = simulation.run(10_000);
  expect(flows[0]!.received).toBeLessThan(700_000);
  expect(flows[0]!.least).toBeGreaterThan(3_500_000);
  expect(longestWait).toBeLessThan(30);
});

it('audio alone is never probed for, and keeps its estimate', () => {
  const simulation = new Simulation(1, { bitrate: 5_000_000, jitter: 20 });
  const { controller } = simulation.addFlow({ rate: () => 50_000, wanted: 50_000 });
  const { flows } = simulation.run(30_000);
  expect(controller.counters.probes).toBe(0);
  expect(flows[0]!.least).toBeGreaterThanOrEqual(300_000);
});

it.each([
  { clockOffset: 1_000_000_000 },
  { clockOffset: 2 ** 24 * 64 - 5000 },
  { clockDrift: 200e-6 },
  { clockDrift: -200e-6 },
])('the receiver may keep its own time: %o', (clock) => {
  const simulation = new Simulation(1, { bitrate: 2_000_000 });
  simulation.addFlow(clock);
  simulation.run(10_000);
  expect(simulation.run(20_000).flows[0]!.average).toBeGreaterThan(0.8 * 2_000_000);
});

it('a blackout lets the estimate decay, and it is found again within 10 s', () => {
  const simulation = new Simulation(1, { bitrate: 2_000_000 });
  const { controller } = simulation.addFlow();
  simulation.run(5000);
  simulation.link.options.loss = 1;
  simulation.run(5000);
  expect(controller.estimate).toBeLessThan(200_000);
  expect(controller.counters.timeouts).toBeGreaterThan(3);
  simulation.link.options.loss = 0;
  expect(simulation.runUntil(10_000, () => controller.estimate > 1_500_000)).toBeLessThan(10_000);
});

it('after a short blackout half of what the path carried is tried at once', () => {
  const simulation = new Simulation(1, { bitrate: 2_000_000 });
  const { controller } = simulation.addFlow();
  simulation.run(10_000);
  const before = controller.estimate;
  simulation.link.options.loss = 1;
  simulation.run(3000);
  expect(controller.estimate).toBeLessThan(before / 2);
  simulation.link.options.loss = 0;
  expect(simulation.runUntil(1000, () => controller.estimate >= before * 0.49)).toBeLessThan(1000);
  expect(controller.counters.lossCuts).toBe(0);
});

it('sequence numbers wrap without a trace', () => {
  const simulation = new Simulation(1, { bitrate: 20_000_000 });
  const { controller } = simulation.addFlow();
  simulation.run(40_000);
  const { received, lost, unknown, feedbackLost } = controller.counters;
  expect(received).toBeGreaterThan(65_536);
  expect({ lost, unknown, feedbackLost }).toEqual({ lost: 0, unknown: 0, feedbackLost: 0 });
  expect(controller.estimate).toBeGreaterThan(15_000_000);
});
