import { DeadlineQueue, expectTimed, handleDue, type Timed } from '@parley/core';
import { expect, test } from 'vitest';

/** Is due at these times. */
class Alarm implements Timed {
  readonly handled: number[] = [];
  readonly times: number[];

  constructor(...times: number[]) {
    this.times = times;
  }

  get deadline(): number {
    return this.times[0] ?? Infinity;
  }

  handleTimeout(now: number): void {
    this.handled.push(now);
    this.times.shift();
  }
}

test('an item is handled when it is due, and again at its next deadline', () => {
  const queue = new DeadlineQueue<Timed>();
  const alarm = new Alarm(10, 30);
  const later = new Alarm(40);
  expectTimed(queue, alarm);
  expectTimed(queue, later);
  for (const now of [9, 12, 29, 31, 35]) handleDue(queue, now);
  expect(alarm.handled).toEqual([12, 31]);
  expect(later.handled).toEqual([]);
  expect(queue.next).toBe(40);
});

test('an item that is due again at once is handled once a call', () => {
  const queue = new DeadlineQueue<Timed>();
  const alarm = new Alarm(1, 1, 1);
  expectTimed(queue, alarm);
  handleDue(queue, 5);
  expect(alarm.handled).toEqual([5]);
  handleDue(queue, 6);
  expect(alarm.handled).toEqual([5, 6]);
});

test('an item may be brought forward, and is forgotten once nothing is due', () => {
  const queue = new DeadlineQueue<Timed>();
  const alarm = new Alarm(50);
  expectTimed(queue, alarm);
  alarm.times.unshift(20);
  expectTimed(queue, alarm);
  expect(queue.next).toBe(20);
  alarm.times.length = 0;
  expectTimed(queue, alarm);
  expect(queue.size).toBe(0);
});
