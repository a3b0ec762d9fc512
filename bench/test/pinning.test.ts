import { expect, test } from 'vitest';
import { parseCoreList, pinned } from '../src/pinning.js';

test('cores are read from ranges and single numbers', () => {
  expect(parseCoreList('0-3,8')).toEqual([0, 1, 2, 3, 8]);
  expect(parseCoreList('5')).toEqual([5]);
});

test('a command without cores of its own stays as it is', () => {
  const command = { file: 'node', args: ['a.js'] };
  expect(pinned(command, undefined)).toEqual(command);
  expect(pinned(command, [0, 1])).toEqual({ file: 'taskset', args: ['--cpu-list', '0,1', 'node', 'a.js'] });
});
