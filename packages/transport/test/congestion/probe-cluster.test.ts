import { expect, it } from 'vitest';

import { ProbeCluster } from '../../src/congestion/probe-cluster.js';

function cluster(): ProbeCluster {
  // 15 ms at 2 Mbit/s.
  return new ProbeCluster({ id: 1, bitrate: 2_000_000, bytes: 3750, startedAt: 100 });
}

/** Packets of 375 bytes, sent and received at such intervals. */
function receive(probe: ProbeCluster, count: number, sendInterval: number, receiveInterval: number): void {
  for (let i = 0; i < count; i++) probe.receive(375, 100 + i * sendInterval, 9000 + i * receiveInterval);
}

it('is due in pieces, at its rate', () => {
  const probe = cluster();
  expect(probe.duration).toBe(15);
  expect(probe.due(100)).toBe(750);
  probe.sent(750);
  expect(probe.due(100)).toBe(0);
  expect(probe.due(103)).toBe(750);
  expect(probe.due(106)).toBe(1500);
  expect(probe.due(1000)).toBe(3000);
  probe.sent(4000);
  expect(probe.left).toBe(0);
  expect(probe.due(1000)).toBe(0);
});

it('what arrives as fast as it was sent shows that rate', () => {
  const probe = cluster();
  receive(probe, 10, 1.5, 1.5);
  expect(probe.result()).toEqual({ bitrate: 2_000_000, saturated: false });
});

it('what arrives more slowly shows what the path carries, and a little less is usable', () => {
  const probe = cluster();
  receive(probe, 10, 1.5, 3);
  expect(probe.result()).toEqual({ bitrate: 950_000, saturated: true });
});

it('sent at once it still shows no more than what was tried', () => {
  const probe = cluster();
  receive(probe, 10, 0, 0.25);
  expect(probe.result()).toEqual({ bitrate: 2_000_000, saturated: false });
});

it('sent more slowly than planned it shows only that', () => {
  const probe = cluster();
  receive(probe, 10, 3, 3);
  expect(probe.result()?.bitrate).toBe(1_000_000);
});

it('needs most of its bytes, and three packets', () => {
  const probe = cluster();
  receive(probe, 7, 1.5, 1.5);
  expect(probe.result()).toBeUndefined();
  receive(probe, 1, 1.5, 1.5);
  expect(probe.result()).toBeDefined();

  const large = cluster();
  large.receive(2000, 0, 0);
  large.receive(2000, 1, 1);
  expect(large.result()).toBeUndefined();
});

it('takes packets in any order', () => {
  const probe = cluster();
  for (const i of [3, 1, 0, 2, 9, 8, 7, 6, 5, 4]) probe.receive(375, 100 + i * 1.5, 9000 + i * 3);
  expect(probe.result()).toEqual({ bitrate: 950_000, saturated: true });
});
