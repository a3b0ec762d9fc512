import { describe, expect, it } from 'vitest';
import { parseChunks } from '../../src/sctp/chunks.js';
import { createCounters } from '@parley/core';
import { sctpMetrics } from '../../src/sctp/sctp-metrics.js';
import { parseDataChunk } from '../../src/sctp/data-chunk.js';
import type { DataChunk } from '../../src/sctp/data-chunk.js';
import { RetransmissionQueue } from '../../src/sctp/retransmission-queue.js';
import { SendQueue } from '../../src/sctp/send-queue.js';
import type { SendOptions } from '../../src/sctp/send-queue.js';

const FIRST = 0xfffffffe;
const SPACE = 1168;

/** A retransmission queue with `count` messages of a full packet each waiting. */
class Sender {
  readonly counters = createCounters(sctpMetrics);
  readonly queue = new SendQueue(1 << 20, this.counters);
  readonly retransmission: RetransmissionQueue;

  constructor(count: number, options: Partial<SendOptions> = {}, window = 1 << 20, forwardTsn = true) {
    const parameters = {
      localTag: 1,
      peerTag: 2,
      localInitialTsn: FIRST,
      peerInitialTsn: 0,
      peerWindow: window,
      outgoingStreams: 10,
      forwardTsn,
      reconfig: true,
    };
    this.retransmission = new RetransmissionQueue(parameters, this.queue, this.counters, SPACE);
    this.push(count, 1152, options);
  }

  push(count: number, size: number, options: Partial<SendOptions> = {}): void {
    for (let index = 0; index < count; index++) {
      this.queue.push(this.queue.stream(3), new Uint8Array(size), { ppid: 53, ...options });
    }
  }

  /** Sends packets until none may go; returns the TSNs as offsets from the first. */
  send(now: number, limit = Infinity): number[] {
    return this.sendChunks(now, limit).map(({ tsn }) => (tsn - FIRST) | 0);
  }

  sendChunks(now: number, limit = Infinity): DataChunk[] {
    this.queue.stamp(now);
    const sent: DataChunk[] = [];
    for (let packet = 0; packet < limit; packet++) {
      const out = new Uint8Array(12 + SPACE);
      const end = this.retransmission.write(out, 12, out.length, now);
      if (end === 12) break;
      for (const chunk of parseChunks(out.subarray(0, end))!) sent.push(parseDataChunk(chunk)!);
    }
    return sent;
  }

  /** A SACK up to the offset `cumulative`, with gap blocks relative to it. */
  sack(cumulative: number, gaps: number[], now: number, window = 1 << 20): boolean {
    return this.retransmission.handleSack({ cumulativeTsn: (FIRST + cumulative) >>> 0, window, gaps }, now);
  }
}

describe('RetransmissionQueue', () => {
  it('sends as much as the congestion window allows, and more as it opens', () => {
    const sender = new Sender(20);
    expect(sender.send(0)).toEqual([0, 1, 2, 3]);
    expect(sender.sack(1, [], 10)).toBe(true);
    expect(sender.send(10)).toEqual([4, 5, 6]);
  });

  it('sends no more than the peer has room for', () => {
    const sender = new Sender(20, {}, 2500);
    expect(sender.send(0)).toEqual([0, 1]);
    sender.sack(1, [], 10, 1500);
    expect(sender.send(10)).toEqual([2]);
  });

  it('probes a closed window with one chunk at a time', () => {
    const sender = new Sender(20);
    sender.send(0);
    sender.sack(3, [], 10, 0);
    expect(sender.send(10)).toEqual([4]);
    expect(sender.send(10)).toEqual([]);
    sender.sack(3, [], 20, 0);
    expect(sender.send(20)).toEqual([]);
    expect(sender.retransmission.deadline).toBeLessThan(1100);
    sender.retransmission.handleTimeout(sender.retransmission.deadline);
    expect(sender.send(500)).toEqual([4]);
    sender.sack(4, [], 600, 1 << 20);
    expect(sender.send(600).length).toBeGreaterThan(0);
  });

  it('retransmits at the third missing report, once, whatever the window', () => {
    const sender = new Sender(20);
    sender.send(0);
    sender.sack(-1, [2, 2], 10);
    sender.sack(-1, [2, 3], 11);
    expect(sender.counters.retransmissions).toBe(0);
    sender.send(11);
    sender.sack(-1, [2, 4], 12);
    expect(sender.send(12, 1)).toEqual([0]);
    expect(sender.counters.retransmissions).toBe(1);
    sender.sack(-1, [2, 5], 13);
    sender.sack(-1, [2, 6], 14);
    sender.sack(-1, [2, 7], 15);
    expect(sender.counters.retransmissions).toBe(1);
    expect(sender.send(15)).not.toContain(0);
  });

  it('sends everything in flight again after the timeout, slowly', () => {
    const sender = new Sender(4);
    sender.send(0);
    expect(sender.retransmission.deadline).toBe(1000);
    sender.retransmission.handleTimeout(1000);
    expect(sender.send(1000)).toEqual([0]);
    expect(sender.retransmission.deadline).toBe(3000);
    sender.sack(0, [], 1100);
    expect(sender.send(1100)).toEqual([1, 2]);
    sender.sack(3, [], 1200);
    expect(sender.retransmission.isEmpty).toBe(true);
    expect(sender.retransmission.deadline).toBe(Infinity);
    expect(sender.queue.isEmpty).toBe(true);
  });

  it('measures the round trip, but not of what was sent twice', () => {
    const sender = new Sender(2);
    sender.send(0, 1);
    sender.sack(0, [], 600);
    expect(sender.retransmission.timeout).toBe(1800);
    sender.send(600);
    sender.retransmission.handleTimeout(2400);
    expect(sender.retransmission.timeout).toBe(3600);
    sender.send(2400);
    sender.sack(1, [], 2410);
    expect(sender.retransmission.timeout).toBe(1800);
  });

  it('ignores old SACKs and refuses those of what was never sent', () => {
    const sender = new Sender(4);
    sender.send(0);
    expect(sender.sack(2, [], 10)).toBe(true);
    expect(sender.sack(1, [], 11)).toBe(true);
    expect(sender.retransmission.isEmpty).toBe(false);
    expect(sender.sack(4, [], 12)).toBe(false);
    expect(sender.sack(2, [2, 2], 12)).toBe(false);
    expect(sender.sack(3, [], 13)).toBe(true);
    expect(sender.retransmission.isEmpty).toBe(true);
  });

  it('sends again what the peer had reported and then forgot', () => {
    const sender = new Sender(2);
    sender.send(0);
    sender.sack(-1, [2, 2], 10);
    sender.sack(0, [], 20);
    expect(sender.send(20)).toEqual([]);
    sender.retransmission.handleTimeout(sender.retransmission.deadline);
    expect(sender.send(2000)).toEqual([1]);
  });

  describe('with partial reliability', () => {
    it('gives a message up after its retransmissions and says so until the peer knows', () => {
      const sender = new Sender(2, { maxRetransmits: 1 });
      sender.send(0);
      sender.retransmission.handleTimeout(1000);
      expect(sender.retransmission.takeForwardTsn()).toBeUndefined();
      expect(sender.send(1000)).toEqual([0]);
      sender.retransmission.handleTimeout(3000);
      const forward = { cumulativeTsn: FIRST, skipped: [{ streamId: 3, ssn: 0 }] };
      expect(sender.retransmission.takeForwardTsn()).toEqual(forward);
      expect(sender.retransmission.takeForwardTsn()).toBeUndefined();
      expect(sender.send(3000)).toEqual([1]);
      sender.sack(-1, [2, 2], 3100);
      expect(sender.retransmission.takeForwardTsn()).toEqual(forward);
      sender.sack(1, [], 3200);
      expect(sender.retransmission.takeForwardTsn()).toBeUndefined();
      expect(sender.queue.isEmpty).toBe(true);
      expect(sender.counters.messagesAbandoned).toBe(1);
    });

    it('gives a message up whose lifetime ended', () => {
      const sender = new Sender(1, { maxPacketLifeTime: 900 });
      sender.send(0);
      sender.retransmission.handleTimeout(1000);
      expect(sender.send(1000)).toEqual([]);
      expect(sender.retransmission.takeForwardTsn()?.cumulativeTsn).toBe(FIRST);
    });

    it('names no stream for unordered messages', () => {
      const sender = new Sender(1, { maxRetransmits: 0, unordered: true });
      sender.send(0);
      sender.retransmission.handleTimeout(1000);
      expect(sender.retransmission.takeForwardTsn()).toEqual({ cumulativeTsn: FIRST, skipped: [] });
    });

    it('spends a TSN on the part of a message that was never sent', () => {
      const sender = new Sender(0);
      sender.push(1, 10_000, { maxRetransmits: 0 });
      sender.push(1, 10, {});
      expect(sender.send(0)).toEqual([0, 1, 2, 3]);
      sender.sack(3, [], 100);
      expect(sender.send(100, 1)).toEqual([4]);
      sender.retransmission.handleTimeout(2000);
      expect(sender.retransmission.takeForwardTsn()?.cumulativeTsn).toBe((FIRST + 5) >>> 0);
      expect(sender.sendChunks(2000)).toMatchObject([{ tsn: (FIRST + 6) >>> 0, ssn: 1, begin: true }]);
      sender.sack(6, [], 2100);
      expect(sender.queue.isEmpty).toBe(true);
    });

    it('gives nothing up when the peer does not know how', () => {
      const sender = new Sender(1, { maxRetransmits: 0 }, 1 << 20, false);
      sender.send(0);
      sender.retransmission.handleTimeout(1000);
      expect(sender.retransmission.takeForwardTsn()).toBeUndefined();
      expect(sender.send(1000)).toEqual([0]);
    });
  });
});
