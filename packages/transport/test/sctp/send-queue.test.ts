import { describe, expect, it } from 'vitest';
import { createCounters } from '@parley/core';
import { sctpMetrics } from '../../src/sctp/sctp-metrics.js';
import { SendQueue } from '../../src/sctp/send-queue.js';

/** Cuts all that waits into fragments of `size` and tells of which stream each is. */
function drain(queue: SendQueue, size: number, now = 0): number[] {
  const order: number[] = [];
  for (let message = queue.peek(now); message; message = queue.peek(now)) {
    order.push(message.stream.id);
    queue.cut(message, Math.min(size, message.payload.length - message.cut));
  }
  return order;
}

describe('SendQueue', () => {
  it('lets streams take turns, message by message', () => {
    const queue = new SendQueue(10_000, createCounters(sctpMetrics));
    for (const id of [1, 1, 1, 2, 2, 3]) queue.push(queue.stream(id), new Uint8Array(20), { ppid: 53 });
    expect(drain(queue, 10)).toEqual([1, 1, 2, 2, 3, 3, 1, 1, 2, 2, 1, 1]);
  });

  it('numbers ordered messages of a stream, and unordered ones not', () => {
    const queue = new SendQueue(10_000, createCounters(sctpMetrics));
    const stream = queue.stream(1);
    const ssns: number[] = [];
    for (const unordered of [false, true, false]) {
      queue.push(stream, new Uint8Array(1), { ppid: 53, unordered });
      const message = queue.peek(0)!;
      queue.cut(message, 1);
      if (!unordered) ssns.push(message.ssn);
    }
    expect(ssns).toEqual([0, 1]);
  });

  it('refuses beyond its limit, counts empty messages too, and takes control messages', () => {
    const queue = new SendQueue(1000, createCounters(sctpMetrics));
    const stream = queue.stream(1);
    let taken = 0;
    while (queue.push(stream, new Uint8Array(0), { ppid: 53 })) taken++;
    expect(taken).toBeLessThan(20);
    expect(queue.push(stream, new Uint8Array(0), { ppid: 50 }, true)).toBe(true);
  });

  it('has room again when messages are over', () => {
    const queue = new SendQueue(1000, createCounters(sctpMetrics));
    const stream = queue.stream(1);
    queue.push(stream, new Uint8Array(800), { ppid: 53 });
    expect(queue.hasRoom).toBe(false);
    const message = queue.peek(0)!;
    queue.cut(message, 800);
    expect(stream).toMatchObject({ bufferedBytes: 800, pendingMessages: 1 });
    queue.release(message);
    expect(stream).toMatchObject({ bufferedBytes: 0, pendingMessages: 0 });
    expect(queue).toMatchObject({ hasRoom: true, isEmpty: true });
  });

  it('drops a message whose lifetime ended before its turn, counted from when the time was told', () => {
    const queue = new SendQueue(1000, createCounters(sctpMetrics));
    const stream = queue.stream(1);
    queue.push(stream, new Uint8Array(10), { ppid: 53, maxPacketLifeTime: 100 });
    queue.push(stream, new Uint8Array(20), { ppid: 53 });
    queue.stamp(5000);
    expect(queue.peek(5099)?.payload).toHaveLength(10);
    expect(queue.peek(5100)?.payload).toHaveLength(20);
    expect(stream.bufferedBytes).toBe(20);
  });

  it('gives up the rest of a message and goes on with the next', () => {
    const queue = new SendQueue(1000, createCounters(sctpMetrics));
    queue.push(queue.stream(1), new Uint8Array(30), { ppid: 53 });
    queue.push(queue.stream(2), new Uint8Array(30), { ppid: 53 });
    const message = queue.peek(0)!;
    queue.cut(message, 10);
    expect(queue.dropRest(message)).toBe(true);
    expect(queue.dropRest(message)).toBe(false);
    expect(queue.peek(0)?.stream.id).toBe(2);
  });

  it('forgets everything when cleared', () => {
    const queue = new SendQueue(1000, createCounters(sctpMetrics));
    queue.push(queue.stream(1), new Uint8Array(900), { ppid: 53 });
    queue.clear();
    expect(queue.peek(0)).toBeUndefined();
    expect(queue.isEmpty).toBe(true);
  });
});
