import { describe, expect, it } from 'vitest';
import { CongestionControl } from '../../src/sctp/congestion-control.js';

const PACKET = 1000;

describe('CongestionControl', () => {
  it('starts with the initial window of RFC 9260 section 7.2.1', () => {
    expect(new CongestionControl(PACKET).window).toBe(4000);
    expect(new CongestionControl(1500).window).toBe(4404);
  });

  it('grows by at most a packet for each acknowledgement in slow start', () => {
    const congestion = new CongestionControl(PACKET);
    congestion.onAcknowledged(2000, 4000);
    expect(congestion.window).toBe(5000);
    congestion.onAcknowledged(300, 5000);
    expect(congestion.window).toBe(5300);
  });

  it('does not grow while it is not used up', () => {
    const congestion = new CongestionControl(PACKET);
    congestion.onAcknowledged(1000, 1000);
    expect(congestion.window).toBe(4000);
  });

  it('halves on fast retransmission, and then grows by a packet a window', () => {
    const congestion = new CongestionControl(PACKET);
    for (let round = 0; round < 16; round++) congestion.onAcknowledged(PACKET, congestion.window);
    expect(congestion.window).toBe(20_000);
    congestion.onFastRetransmit();
    expect(congestion.window).toBe(10_000);
    congestion.onAcknowledged(PACKET, 10_000);
    expect(congestion.window).toBe(11_000);
    for (let round = 0; round < 10; round++) congestion.onAcknowledged(PACKET, 11_000);
    expect(congestion.window).toBe(11_000);
    congestion.onAcknowledged(PACKET, 11_000);
    expect(congestion.window).toBe(12_000);
  });

  it('falls to one packet on timeout, and not below four as threshold', () => {
    const congestion = new CongestionControl(PACKET);
    congestion.onTimeout();
    expect(congestion.window).toBe(PACKET);
    for (let round = 0; round < 4; round++) congestion.onAcknowledged(PACKET, congestion.window);
    expect(congestion.window).toBe(5000);
    congestion.onAcknowledged(PACKET, 5000);
    expect(congestion.window).toBe(5000);
  });

  it('decays while nothing is sent, but not below the initial window', () => {
    const congestion = new CongestionControl(PACKET);
    for (let round = 0; round < 16; round++) congestion.onAcknowledged(PACKET, congestion.window);
    congestion.onSent(0);
    congestion.onIdleEnd(399, 400);
    expect(congestion.window).toBe(20_000);
    congestion.onIdleEnd(400, 400);
    expect(congestion.window).toBe(10_000);
    congestion.onIdleEnd(1e9, 400);
    expect(congestion.window).toBe(4000);
  });
});
