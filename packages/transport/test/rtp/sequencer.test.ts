import { beforeEach, describe, expect, it } from 'vitest';

import { Sequencer } from '../../src/rtp/index.js';

let sequencer: Sequencer;

beforeEach(() => {
  sequencer = new Sequencer();
});

describe('what is sent again', () => {
  it('is the packet that had the number, across the wrap', () => {
    for (let i = 0; i < 100; i++) sequencer.record((65_500 + i) & 0xffff, (1000 + i) & 0xffff);
    expect(sequencer.retransmit(65_535, 0)).toBe(1035);
    expect(sequencer.retransmit(0, 0)).toBe(1036);
    expect(sequencer.retransmit(63, 0)).toBe(1099);
  });

  it('is nothing before a packet was sent, for the future and for numbers left out', () => {
    expect(sequencer.retransmit(0, 0)).toBe(-1);
    sequencer.record(10, 20);
    sequencer.record(12, 22);
    expect(sequencer.retransmit(11, 0)).toBe(-1);
    expect(sequencer.retransmit(13, 0)).toBe(-1);
    expect(sequencer.retransmit(9, 0)).toBe(-1);
  });

  it('is a late packet too', () => {
    sequencer.record(10, 20);
    sequencer.record(12, 22);
    sequencer.record(11, 21);
    expect(sequencer.retransmit(11, 0)).toBe(21);
    expect(sequencer.retransmit(12, 0)).toBe(22);
  });

  it('is only what was among the last 512', () => {
    for (let i = 0; i < 600; i++) sequencer.record(i, i + 5);
    expect(sequencer.retransmit(87, 0)).toBe(-1);
    expect(sequencer.retransmit(88, 0)).toBe(93);
  });

  it('is nothing from before a jump, in either direction, or from before it was cleared', () => {
    for (const jump of [600, -600, 512, -512]) {
      sequencer.record(1000, 1);
      sequencer.record((1000 + jump) & 0xffff, 2);
      expect(sequencer.retransmit(1000, 0)).toBe(-1);
      expect(sequencer.retransmit((1000 + jump) & 0xffff, 0)).toBe(2);
      sequencer.clear();
      expect(sequencer.retransmit((1000 + jump) & 0xffff, 0)).toBe(-1);
    }
  });
});

describe('how often', () => {
  it('is not twice within a round trip', () => {
    sequencer.record(1, 1);
    expect(sequencer.retransmit(1, 1000)).toBe(1);
    expect(sequencer.retransmit(1, 1099)).toBe(-1);
    expect(sequencer.retransmit(1, 1100)).toBe(1);
    sequencer.setRtt(20);
    expect(sequencer.retransmit(1, 1119)).toBe(-1);
    expect(sequencer.retransmit(1, 1120)).toBe(1);
  });

  it('is three times at most', () => {
    sequencer.record(1, 1);
    const made = [0, 200, 400, 600, 800].map((now) => sequencer.retransmit(1, now));
    expect(made).toEqual([1, 1, 1, -1, -1]);
  });

  it('is counted anew for a new packet of the same number', () => {
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 65_536; i++) sequencer.record(i, (i + round) & 0xffff);
      expect(sequencer.retransmit(65_100, 1)).toBe(65_100 + round);
    }
  });

  it('holds when the milliseconds pass 32 bits', () => {
    sequencer.record(1, 1);
    expect(sequencer.retransmit(1, 2 ** 32 - 10)).toBe(1);
    expect(sequencer.retransmit(1, 2 ** 32 + 50)).toBe(-1);
    expect(sequencer.retransmit(1, 2 ** 32 + 95)).toBe(1);
  });
});
