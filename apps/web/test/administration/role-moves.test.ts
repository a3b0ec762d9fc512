import type { Role } from '@parley/contract';
import { expect, it } from 'vitest';
import { roleDrop, roleStep } from '../../src/administration/role-moves.js';

const roleOf = (id: string, position: number): Role => ({
  ...{ id, name: id, colour: null, icon: null, position, permissions: [] },
});
const ROLES = [roleOf('chief', 3), roleOf('cook', 2), roleOf('waiter', 1), roleOf('everyone', 0)];

it.each([
  ['waiter', 'up', Infinity, 'cook'],
  ['cook', 'up', Infinity, 'chief'],
  ['chief', 'up', Infinity, undefined],
  ['chief', 'down', Infinity, 'waiter'],
  ['cook', 'down', Infinity, 'everyone'],
  ['waiter', 'down', Infinity, undefined],
  // Nobody puts a role to where they stand themselves.
  ['cook', 'up', 3, undefined],
  ['waiter', 'up', 3, 'cook'],
] as const)('a step of %s %s, by who has the rank %d, puts it right above %s', (id, step, rank, above) => {
  expect(roleStep(ROLES, id, { step, rank })).toBe(above);
});

it.each([
  ['waiter', 'chief', 'upper', Infinity, 'chief'],
  ['waiter', 'chief', 'lower', Infinity, 'cook'],
  ['chief', 'waiter', 'lower', Infinity, 'everyone'],
  ['chief', 'everyone', 'upper', Infinity, 'everyone'],
  ['chief', 'everyone', 'lower', Infinity, undefined],
  ['everyone', 'chief', 'upper', Infinity, undefined],
  ['waiter', 'waiter', 'upper', Infinity, undefined],
  ['waiter', 'chief', 'upper', 3, undefined],
  ['chief', 'waiter', 'upper', 3, undefined],
] as const)('%s on the %s, in its %s half, by the rank %d', (draggedId, targetId, half, rank, above) => {
  expect(roleDrop(ROLES, { draggedId, targetId, half }, rank)).toBe(above);
});
