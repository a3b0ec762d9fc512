import { DeadlineQueue } from '@parley/core';
import { describe, expect, test } from 'vitest';

/** Deterministic numbers from 0 to 1. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 0x7fff_ffff) / 0x7fff_ffff;
}

function due<T>(queue: DeadlineQueue<T>, now: number): T[] {
  const items: T[] = [];
  for (let item = queue.takeDue(now); item !== undefined; item = queue.takeDue(now)) items.push(item);
  return items;
}

describe('DeadlineQueue', () => {
  test('gives what is due, the earliest first, once', () => {
    const queue = new DeadlineQueue<string>();
    queue.set('late', 30);
    queue.set('early', 10);
    queue.set('between', 20);
    expect(queue.next).toBe(10);
    expect(due(queue, 9)).toEqual([]);
    expect(due(queue, 20)).toEqual(['early', 'between']);
    expect(due(queue, 20)).toEqual([]);
    expect(queue.next).toBe(30);
  });

  test('has one deadline for each item: the one that was set last', () => {
    const queue = new DeadlineQueue<string>();
    queue.set('a', 10);
    queue.set('a', 50);
    expect(due(queue, 40)).toEqual([]);
    queue.set('a', 20);
    expect(queue.size).toBe(1);
    expect(due(queue, 40)).toEqual(['a']);
  });

  test('an item is lowered to an earlier deadline, never raised to a later one', () => {
    const queue = new DeadlineQueue<string>();
    queue.lower('a', 10);
    queue.lower('a', 20);
    expect(queue.deadlineOf('a')).toBe(10);
    queue.lower('a', 5);
    expect(queue.deadlineOf('a')).toBe(5);
  });

  test('an item without a deadline is none that it holds', () => {
    const queue = new DeadlineQueue<string>();
    queue.set('a', 10);
    queue.set('b', 20);
    queue.set('a', Infinity);
    queue.delete('b');
    queue.delete('unknown');
    expect([queue.size, queue.next, queue.deadlineOf('a')]).toEqual([0, Infinity, Infinity]);
  });

  test('an item that sets a deadline anew while the due are taken comes again', () => {
    const queue = new DeadlineQueue<string>();
    queue.set('a', 10);
    const times: number[] = [];
    for (let now = 0; now < 100; now += 5) {
      while (queue.takeDue(now) !== undefined) {
        times.push(now);
        queue.set('a', now + 30);
      }
    }
    expect(times).toEqual([10, 40, 70]);
  });

  test.each([1, 2, 3, 4, 5])('does what a sorted list does, whatever is asked of it (seed %i)', (seed) => {
    const random = randomNumbers(seed);
    const queue = new DeadlineQueue<number>();
    const list = new Map<number, number>();
    for (let step = 0, now = 0; step < 5_000; step++) {
      const item = Math.floor(random() * 200);
      const deadline = now + Math.floor(random() * 1_000);
      const act = random();
      if (act < 0.6) {
        queue.set(item, deadline);
        list.set(item, deadline);
      } else if (act < 0.8) {
        queue.lower(item, deadline);
        list.set(item, Math.min(deadline, list.get(item) ?? Infinity));
      } else if (act < 0.9) {
        queue.delete(item);
        list.delete(item);
      } else {
        now += Math.floor(random() * 100);
        const taken = due(queue, now);
        const expected = [...list].filter(([, at]) => at <= now);
        expect(new Set(taken)).toEqual(new Set(expected.map(([one]) => one)));
        const deadlines = taken.map((one) => list.get(one) ?? NaN);
        expect(deadlines).toEqual([...deadlines].sort((a, b) => a - b));
        for (const one of taken) list.delete(one);
      }
      expect(queue.size).toBe(list.size);
      expect(queue.next).toBe(Math.min(Infinity, ...list.values()));
    }
  });
});
