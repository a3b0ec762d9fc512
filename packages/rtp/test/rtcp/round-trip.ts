import { expect } from 'vitest';
import { parseRtcp, type RtcpPacket } from '../../src/index.js';

/** Parses what `write` wrote behind some other bytes; expects one valid packet that fills it. */
export function roundTrip(write: (out: Uint8Array, offset: number) => number): RtcpPacket | undefined {
  const out = new Uint8Array(4096).fill(0xee);
  const size = write(out, 3);
  const { packets, malformed } = parseRtcp(out, 3, size);

  expect(size % 4).toBe(0);
  expect(malformed).toBe(false);
  expect(packets).toHaveLength(1);
  expect(out[3 + size]).toBe(0xee);
  return packets[0];
}
