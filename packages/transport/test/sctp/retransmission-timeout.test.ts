import { describe, expect, it } from 'vitest';
import { initialTimeout, RetransmissionTimeout } from '../../src/sctp/retransmission-timeout.js';

describe('RetransmissionTimeout', () => {
  it('starts at a second and follows the round trip with its variation', () => {
    const rto = new RetransmissionTimeout();
    expect(rto.value).toBe(1000);
    rto.observe(300);
    expect(rto.value).toBe(300 + 4 * 150);
    rto.observe(500);
    // RTTVAR = 150 + (200 - 150) / 4, SRTT = 300 + 200 / 8.
    expect(rto.value).toBe(325 + 4 * 162.5);
  });

  it('stays between 400 ms and 10 s', () => {
    const rto = new RetransmissionTimeout();
    rto.observe(1);
    expect(rto.value).toBe(400);
    for (let round = 0; round < 10; round++) rto.backOff();
    expect(rto.value).toBe(10_000);
    rto.observe(1);
    expect(rto.value).toBe(400);
  });

  it('returns to what was measured when data gets through', () => {
    const rto = new RetransmissionTimeout();
    rto.observe(300);
    rto.backOff();
    rto.backOff();
    rto.endBackOff();
    expect(rto.value).toBe(900);
  });
});

describe('initialTimeout', () => {
  it('doubles with each attempt up to the maximum', () => {
    expect([0, 1, 2, 3, 4, 9].map(initialTimeout)).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000]);
  });
});
