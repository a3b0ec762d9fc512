import { beforeEach, expect, it } from 'vitest';

import { RtxReceiver } from '../../src/rtp/index.js';

const SLOT = 1536;
const MARKER = 1 << 23;

const pool = new Uint8Array(2 * SLOT);
let receiver: RtxReceiver;

beforeEach(() => {
  receiver = new RtxReceiver({ ssrc: 1, rtxSsrc: 2, payloadTypes: new Map([[97, 96]]) });
  pool.fill(0xee);
  pool.set([0xab, 0xcd, 1, 2, 3], SLOT + 20);
});

it('restores number, payload type, marker and payload', () => {
  expect(receiver.restore(pool, SLOT, MARKER | (97 << 16) | 5, (5 << 16) | 20)).toBe(true);
  expect(receiver.sequenceWord).toBe(MARKER | (96 << 16) | 0xabcd);
  expect(receiver.payloadWord).toBe((3 << 16) | 22);
  expect(receiver.restore(pool, SLOT, (97 << 16) | 6, (5 << 16) | 20)).toBe(true);
  expect(receiver.sequenceWord).toBe((96 << 16) | 0xabcd);
  expect(receiver.counters.restored).toBe(2);
});

it('finds nothing in packets that only probe for bandwidth', () => {
  for (const length of [0, 1, 2]) {
    expect(receiver.restore(pool, SLOT, (97 << 16) | 5, (length << 16) | 20)).toBe(false);
  }
  expect(receiver.counters.padding).toBe(3);
});

it('finds nothing under a payload type that was not negotiated', () => {
  expect(receiver.restore(pool, SLOT, (98 << 16) | 5, (5 << 16) | 20)).toBe(false);
  expect(receiver.counters.unknownPayloadType).toBe(1);
  expect(receiver.counters.restored).toBe(0);
});
