import { expect, test } from 'vitest';
import { ReliableHistory } from '../src/reliable-history.js';

const PAYLOAD = Uint8Array.of(1);

test('what comes after a number is given in order, to those that it was for', () => {
  const history = new ReliableHistory();
  for (const sequence of [1, 2, 3]) history.add(sequence, Uint8Array.of(sequence), [], 0);
  history.add(4, Uint8Array.of(4), ['bob'], 0);
  expect([...history.after(1, 'bob')].map(([first]) => first)).toEqual([2, 3, 4]);
  expect([...history.after(2, 'carol')].map(([first]) => first)).toEqual([3]);
});

test('what is older than 20 s is forgotten', () => {
  const history = new ReliableHistory();
  history.add(1, PAYLOAD, [], 0);
  history.add(2, PAYLOAD, [], 15_000);
  history.prune(20_001);
  expect([...history.after(0, 'bob')]).toHaveLength(1);
});

test('no more than 1,000 packets and 1 MiB are kept', () => {
  const history = new ReliableHistory();
  for (let sequence = 1; sequence <= 2000; sequence++) history.add(sequence, PAYLOAD, [], 0);
  expect([...history.after(0, 'bob')]).toHaveLength(1000);
  for (let sequence = 1; sequence <= 40; sequence++) history.add(sequence, new Uint8Array(65_536), [], 0);
  expect([...history.after(0, 'bob')]).toHaveLength(16);
});
