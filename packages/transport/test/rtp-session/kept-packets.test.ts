import { expect, test } from 'vitest';
import { KeptPackets } from '../../src/rtp-session/kept-packets.js';

test('is scarce from half its limit on', () => {
  const packets = new KeptPackets({ pool: new Uint8Array(8), release: () => undefined }, 4);
  packets.keep();
  expect(packets.scarce).toBe(false);
  packets.keep();
  expect(packets.scarce).toBe(true);
});

test('is full at its limit, until a packet is released', () => {
  const released: number[] = [];
  const packets = new KeptPackets({ pool: new Uint8Array(8), release: (slot) => released.push(slot) }, 2);
  packets.keep();
  expect(packets.full).toBe(false);
  packets.keep();
  expect(packets.full).toBe(true);
  packets.release(7);
  expect(packets.full).toBe(false);
  expect(released).toEqual([7]);
});
