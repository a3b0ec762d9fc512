import { describe, expect, it } from 'vitest';
import { Heartbeat } from '../../src/sctp/heartbeat.js';

const valueOf = (chunk: Uint8Array): Uint8Array => chunk.subarray(4);

describe('Heartbeat', () => {
  it('asks after 30 seconds of silence and measures the answer', () => {
    const heartbeat = new Heartbeat(() => 7);
    expect(heartbeat.deadline).toBe(Infinity);
    heartbeat.onReceived(1000);
    expect(heartbeat.deadline).toBe(31_000);
    const { chunk, missed } = heartbeat.handleTimeout(31_000);
    expect(missed).toBe(false);
    expect(heartbeat.handleAck(valueOf(chunk), 31_080)).toBe(80);
    heartbeat.onReceived(31_080);
    expect(heartbeat.deadline).toBe(61_080);
  });

  it('asks ever more slowly when there is no answer', () => {
    const heartbeat = new Heartbeat(() => 7);
    heartbeat.onReceived(0);
    const gaps: number[] = [];
    for (let round = 0; round < 6; round++) {
      const at = heartbeat.deadline;
      expect(heartbeat.handleTimeout(at).missed).toBe(round > 0);
      gaps.push(heartbeat.deadline - at);
    }
    expect(gaps).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000]);
  });

  it('takes no answer to what it did not ask', () => {
    let nonce = 0;
    const heartbeat = new Heartbeat(() => nonce++);
    heartbeat.onReceived(0);
    const { chunk } = heartbeat.handleTimeout(30_000);
    heartbeat.handleTimeout(31_000);
    expect(heartbeat.handleAck(valueOf(chunk), 31_010)).toBeUndefined();
    expect(heartbeat.handleAck(new Uint8Array(3), 31_010)).toBeUndefined();
    expect(heartbeat.handleAck(new Uint8Array(0), 31_010)).toBeUndefined();
  });
});
