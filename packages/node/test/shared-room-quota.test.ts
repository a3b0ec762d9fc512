import { expect, test } from 'vitest';
import { SharedRoomQuota } from '../src/shared-room-quota.js';

test('the limit holds for all threads together, and what one gives back another may take', () => {
  const counts = new Int32Array(new SharedArrayBuffer(8));
  const [first, second] = [new SharedRoomQuota(counts, 0, 2), new SharedRoomQuota(counts, 1, 2)];
  expect([first.take(), second.take(), first.take(), second.take()]).toEqual([true, true, false, false]);
  first.release();
  expect([second.take(), first.take()]).toEqual([true, false]);
  expect([...counts]).toEqual([0, 2]);
});

test.each([1, 1_000_000])('a limit of %i is kept to the last room', (limit) => {
  const counts = new Int32Array(new SharedArrayBuffer(8));
  counts[1] = limit - 1;
  const quota = new SharedRoomQuota(counts, 0, limit);
  expect([quota.take(), quota.take()]).toEqual([true, false]);
});

test('the rooms of a thread that died count no more', () => {
  const counts = new Int32Array(new SharedArrayBuffer(8));
  expect(new SharedRoomQuota(counts, 0, 1).take()).toBe(true);
  counts[0] = 0;
  expect(new SharedRoomQuota(counts, 1, 1).take()).toBe(true);
});
