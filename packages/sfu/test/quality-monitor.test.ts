import { expect, test } from 'vitest';
import { World } from './support/world.js';

function qualities(lines: string[]): string[] {
  return lines.filter((line) => line.startsWith('qualities'));
}

test('whoever is active is told of everybody once, and of changes then', () => {
  const world = new World();
  const room = world.sfu.room('lobby');
  const alice = world.join(room, 'alice');
  const bob = world.join(room, 'bob');
  alice.connect();
  world.sfu.handleTimers(5000);
  expect(qualities(alice.told.clear())).toEqual(['qualities alice:excellent']);
  bob.connect();
  world.sfu.handleTimers(10_000);
  expect(qualities(bob.told.clear())).toEqual(['qualities alice:excellent,bob:excellent']);
  world.sfu.handleTimers(15_000);
  expect(qualities(bob.told.clear())).toEqual([]);
});

test('nobody is told of the quality of a hidden participant', () => {
  const world = new World();
  const room = world.sfu.room('lobby');
  const alice = world.join(room, 'alice');
  const hidden = world.join(room, 'hidden', { permissions: { hidden: true } });
  alice.connect();
  hidden.connect();
  world.sfu.handleTimers(5000);
  expect(qualities(alice.told.clear())).toEqual(['qualities alice:excellent']);
});
