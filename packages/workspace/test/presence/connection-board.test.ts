import { MemoryConnectionBoard } from '@parley/workspace';
import { expect, test } from 'vitest';
import { GRACE, shownPresence } from '../../src/presence/presence-state.js';

const ANN = 'ann';
const reach = async (board: MemoryConnectionBoard, now: number) => (await board.reach([ANN], now)).get(ANN);

test('who is at one of their devices is online, who is at none is away', async () => {
  const board = new MemoryConnectionBoard();
  expect(await reach(board, 0)).toBe('offline');
  await board.put(ANN, 'desk', true);
  await board.put(ANN, 'phone', false);
  expect(await reach(board, 0)).toBe('online');
  await board.put(ANN, 'desk', false);
  expect(await reach(board, 0)).toBe('away');
  await board.put(ANN, 'phone', true);
  await board.remove(ANN, 'desk', 0);
  expect(await reach(board, 0)).toBe('online');
});

test('who comes back soon was never gone, and nobody is told', async () => {
  const board = new MemoryConnectionBoard();
  await board.put(ANN, 'desk', true);
  expect(await board.takeChanged(0)).toEqual([ANN]);
  await board.remove(ANN, 'desk', 1000);
  expect(await board.takeChanged(1000 + GRACE - 1)).toEqual([]);
  expect(await reach(board, 1000 + GRACE - 1)).toBe('online');
  await board.put(ANN, 'desk again', true);
  await board.takeChanged(2000 + GRACE);
  expect(await reach(board, 9 * GRACE)).toBe('online');
  expect(await board.takeChanged(9 * GRACE)).toEqual([]);
});

test('who stays away is offline after half a minute, as they were until then', async () => {
  const board = new MemoryConnectionBoard();
  await board.put(ANN, 'desk', false);
  await board.takeChanged(0);
  await board.remove(ANN, 'desk', 0);
  expect(await reach(board, GRACE - 1)).toBe('away');
  expect(await reach(board, GRACE)).toBe('offline');
  expect(await board.takeChanged(GRACE)).toEqual([ANN]);
  expect(await board.takeChanged(GRACE)).toEqual([]);
});

test('a connection that is gone already changes nothing', async () => {
  const board = new MemoryConnectionBoard();
  await board.remove(ANN, 'desk', 0);
  await board.put(ANN, 'desk', true);
  await board.remove(ANN, 'phone', 0);
  expect(await reach(board, 2 * GRACE)).toBe('online');
});

test.each([
  ['online', 'available', 'online'],
  ['away', 'available', 'away'],
  ['online', 'do_not_disturb', 'do_not_disturb'],
  ['away', 'do_not_disturb', 'do_not_disturb'],
  ['online', 'invisible', 'offline'],
  ['away', 'invisible', 'offline'],
  ['offline', 'do_not_disturb', 'offline'],
] as const)('who is %s and %s is shown as %s', (one, wanted, shown) => {
  expect(shownPresence(one, wanted)).toBe(shown);
});
