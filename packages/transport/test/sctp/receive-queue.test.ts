import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReceiveQueue } from '../../src/sctp/receive-queue.js';

const FIRST = 0xfffffffa;

function queueWith(...offsets: readonly number[]): ReceiveQueue {
  const queue = new ReceiveQueue(FIRST);
  for (const offset of offsets) {
    const tsn = queue.unwrap((FIRST + offset) >>> 0);
    if (queue.accepts(tsn)) queue.add(tsn);
  }
  return queue;
}

describe('ReceiveQueue', () => {
  it('acknowledges what came in order, across the wrap of the TSN', () => {
    const { sack } = queueWith(0, 1, 2, 3, 4, 5, 6, 7).takeSack(1000);
    expect(sack).toEqual({ cumulativeTsn: 1, window: 1000, gaps: [] });
  });

  it('reports gaps and duplicates', () => {
    const { sack, duplicates } = queueWith(0, 2, 3, 7, 3, 0).takeSack(0);
    expect(sack).toEqual({ cumulativeTsn: FIRST, window: 0, gaps: [2, 3, 7, 7] });
    expect(duplicates).toEqual([FIRST + 3, FIRST]);
  });

  it('tells what a set of arrived TSNs tells, in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { maxLength: 80 }), (offsets) => {
        const { sack } = queueWith(...offsets).takeSack(0);
        const arrived = new Set(offsets);
        let cumulative = -1;
        while (arrived.has(cumulative + 1)) cumulative++;
        expect(sack.cumulativeTsn).toBe((FIRST + cumulative) >>> 0);
        const reported = new Set<number>();
        for (let block = 0; block < sack.gaps.length; block += 2) {
          for (let ahead = sack.gaps[block]!; ahead <= sack.gaps[block + 1]!; ahead++)
            reported.add(cumulative + ahead);
        }
        expect(reported).toEqual(new Set([...arrived].filter((offset) => offset > cumulative)));
        sack.gaps.forEach((edge, index) => {
          // Blocks ascend and do not touch.
          if (index % 2 === 0 && index > 0) expect(edge).toBeGreaterThan(sack.gaps[index - 1]! + 1);
        });
      }),
      { seed: 6, numRuns: 150 },
    );
  });

  it('refuses what is too far ahead', () => {
    const queue = queueWith(0);
    expect(queue.accepts(FIRST + 16_384)).toBe(true);
    expect(queue.accepts(FIRST + 16_385)).toBe(false);
  });

  it('skips what the peer gave up, and what had arrived right behind it', () => {
    const queue = queueWith(0, 4, 5, 8);
    queue.forward(FIRST + 3);
    expect(queue.cumulativeTsn).toBe(FIRST + 5);
    queue.forward(FIRST + 2);
    expect(queue.takeSack(0).sack.gaps).toEqual([3, 3]);
  });

  describe('acknowledges', () => {
    it('every second packet at once, a lone one after 100 ms', () => {
      const queue = queueWith(0);
      queue.onPacket(1000, false);
      expect(queue.deadline).toBe(1100);
      queue.onPacket(1010, false);
      expect(queue.deadline).toBe(1010);
      queue.takeSack(0);
      expect(queue.deadline).toBe(Infinity);
    });

    it('at once when asked to', () => {
      const queue = queueWith(0);
      queue.onPacket(1000, true);
      expect(queue.deadline).toBe(1000);
    });

    it.each([
      ['there is a gap', [0, 2]],
      ['a gap closes', [1, 0]],
      ['something came twice', [0, 0]],
    ])('at once when %s', (_name, offsets) => {
      const queue = queueWith(...offsets);
      queue.onPacket(1000, false);
      expect(queue.deadline).toBe(1000);
    });
  });
});
