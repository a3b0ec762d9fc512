import { expect, test } from 'vitest';
import { FloodGate } from '../src/flood-gate.js';
import { WorkspaceError } from '../src/workspace-error.js';

function waitOf(gate: FloodGate, key: string, now: number): number | undefined {
  try {
    gate.pass(key, now);
    return undefined;
  } catch (error) {
    if (!(error instanceof WorkspaceError)) throw error;
    expect(error.code).toBe('too_many_requests');
    return error.retryAfter;
  }
}

test('so many pass at once, then one in each interval, and who is refused learns how long to wait', () => {
  const gate = new FloodGate('knock', { burst: 3, interval: 1000 });
  expect([0, 0, 0, 0].map((now) => waitOf(gate, 'ann', now))).toEqual([
    undefined,
    undefined,
    undefined,
    1000,
  ]);
  expect(waitOf(gate, 'ann', 400)).toBe(600);
  expect(waitOf(gate, 'ann', 1000)).toBe(undefined);
  expect(waitOf(gate, 'ann', 1000)).toBe(1000);
  expect(gate.refused).toBe(3);
  expect([9000, 9000, 9000, 9000].map((now) => waitOf(gate, 'ann', now))).toEqual([
    undefined,
    undefined,
    undefined,
    1000,
  ]);
});

test('each has a count of their own', () => {
  const gate = new FloodGate('knock', { burst: 1, interval: 1000 });
  expect([waitOf(gate, 'ann', 0), waitOf(gate, 'bob', 0), waitOf(gate, 'ann', 0)]).toEqual([
    undefined,
    undefined,
    1000,
  ]);
});
