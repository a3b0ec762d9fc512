import { describe, expect, test } from 'vitest';
import { Impairment, type LinkProfile, PERFECT } from '../support/impairment.js';
import { SeededRandom } from '../support/random.js';

/** Arrivals of datagrams of 972 bytes (1,000 with their headers) that are sent every so many milliseconds. */
function carry(profile: Partial<LinkProfile>, count: number, everyMs: number): number[][] {
  const random = new SeededRandom(7);
  const impairment = new Impairment({ ...PERFECT, ...profile }, () => random.below(1_000) / 1_000);
  return Array.from({ length: count }, (_, i) => impairment.arrivals(972, i * everyMs));
}

function delays(arrivals: number[][], everyMs: number): number[] {
  return arrivals.flatMap((times, i) => times.map((time) => time - i * everyMs));
}

describe('Impairment', () => {
  test('a perfect link delivers everything at once', () => {
    expect(delays(carry({}, 100, 10), 10)).toEqual(Array(100).fill(0));
  });

  test('loses and duplicates the shares it is told', () => {
    const arrivals = carry({ loss: 0.05, duplicate: 0.1 }, 10_000, 10);
    const lost = arrivals.filter(({ length }) => length === 0).length;
    const twice = arrivals.filter(({ length }) => length === 2).length;
    expect(lost / 10_000).toBeCloseTo(0.05, 1);
    expect(lost).toBeGreaterThan(400);
    expect(twice / (10_000 - lost)).toBeCloseTo(0.1, 1);
    expect(twice).toBeGreaterThan(800);
  });

  test('jitter delays, and keeps the order', () => {
    const arrivals = carry({ delay: 100, jitter: 20 }, 1_000, 5).flat();
    expect(arrivals).toEqual([...arrivals].sort((a, b) => a - b));
    for (const delay of delays(carry({ delay: 100, jitter: 20 }, 1_000, 5), 5)) {
      expect(delay).toBeGreaterThanOrEqual(100);
      expect(delay).toBeLessThanOrEqual(120);
    }
  });

  test('reordered datagrams are overtaken', () => {
    const arrivals = carry({ reorder: 0.1 }, 1_000, 10).flat();
    const overtaken = arrivals.filter((time, i) => i > 0 && time < arrivals[i - 1]!).length;
    expect(overtaken).toBeGreaterThan(50);
  });

  test('a narrow link sends no more than it can, and loses what does not fit into its queue', () => {
    // A datagram takes 16 ms, and comes every 8 ms.
    const arrivals = carry({ bitsPerSecond: 500_000, queue: 100 }, 1_000, 8).flat();
    expect(arrivals.length).toBeGreaterThan(480);
    expect(arrivals.length).toBeLessThan(520);
    const waits = delays(carry({ bitsPerSecond: 500_000, queue: 100 }, 1_000, 8), 8);
    expect(Math.max(...waits)).toBeLessThanOrEqual(116);
  });
});
