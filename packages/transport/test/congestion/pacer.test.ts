import { beforeEach, expect, it } from 'vitest';

import { PacketClass, Pacer } from '../../src/congestion/index.js';

let pacer: Pacer;

beforeEach(() => {
  // 100 bytes per millisecond, 4000 at once.
  pacer = new Pacer({ bitrate: 800_000, burst: 40 });
});

/** Sends packets of 1000 bytes until one is refused. Returns how many went. */
function burst(packetClass: PacketClass, now: number, limit = 100): number {
  let count = 0;
  while (count < limit && pacer.allow(1000, now, packetClass)) count++;
  return count;
}

it('lets a burst go, then packets at the bitrate', () => {
  expect(burst(PacketClass.VIDEO, 0)).toBe(5);
  let sent = 0;
  for (let now = 1; now <= 1000; now++) sent += burst(PacketClass.VIDEO, now);
  expect(sent).toBeGreaterThanOrEqual(98);
  expect(sent).toBeLessThanOrEqual(101);
});

it('a pause earns no more than a burst', () => {
  burst(PacketClass.VIDEO, 0);
  expect(burst(PacketClass.VIDEO, 60_000)).toBe(5);
});

it('lets a packet that was refused go as soon as there is room', () => {
  burst(PacketClass.VIDEO, 0);
  expect(pacer.allow(1000, 9, PacketClass.VIDEO)).toBe(false);
  expect(pacer.allow(1000, 10, PacketClass.VIDEO)).toBe(true);
});

it('audio always goes, retransmissions go before video', () => {
  burst(PacketClass.VIDEO, 0);
  expect(burst(PacketClass.RETRANSMISSION, 0)).toBe(4);
  expect(burst(PacketClass.AUDIO, 0)).toBe(100);
  expect(pacer.allow(1000, 159, PacketClass.VIDEO)).toBe(false);
  expect(pacer.allow(1000, 160, PacketClass.VIDEO)).toBe(true);
});

it('audio counts, and more of it than fits is forgiven', () => {
  burst(PacketClass.AUDIO, 0, 6);
  expect(burst(PacketClass.VIDEO, 0)).toBe(0);
  burst(PacketClass.AUDIO, 0, 1000);
  expect(pacer.allow(1000, 159, PacketClass.VIDEO)).toBe(false);
  expect(pacer.allow(1000, 160, PacketClass.VIDEO)).toBe(true);
});

it('follows a new bitrate from then on', () => {
  burst(PacketClass.VIDEO, 0);
  pacer.setBitrate(8_000_000, 0);
  expect(pacer.allow(1000, 0.5, PacketClass.VIDEO)).toBe(false);
  expect(pacer.allow(1000, 1, PacketClass.VIDEO)).toBe(true);
});

it('a slow path still lets two packets go at once', () => {
  pacer = new Pacer({ bitrate: 30_000 });
  expect(burst(PacketClass.VIDEO, 0)).toBe(3);
});
