import type { CalleeState } from '@parley/contract';
import { expect, test } from 'vitest';
import { RING_MS, Ringing } from '../../src/calls/ringing.js';

const callees = (...ids: string[]) => new Map(ids.map((id): [string, CalleeState] => [id, 'ringing']));
const statesOf = (ringing: Ringing) => Object.fromEntries(ringing.get('dm')?.callees ?? []);

/** Ann has called, and is there. */
function called(...others: string[]): Ringing {
  const ringing = new Ringing();
  expect(ringing.join('dm', 'ann', callees(...others), 0)).toBe(true);
  expect(ringing.people('dm', ['ann'], 100)).toEqual({ changed: false });
  return ringing;
}

test('it rings until one answers, and lasts from then until nobody is left', () => {
  const ringing = called('bob');
  expect(ringing.join('dm', 'bob', callees('ann'), 5_000)).toBe(true);
  expect(statesOf(ringing)).toEqual({ bob: 'answered' });
  ringing.people('dm', ['ann', 'bob'], 6_000);
  expect(ringing.people('dm', ['bob'], 30_000)).toEqual({ changed: false });
  const { ended } = ringing.people('dm', [], 66_000);
  expect(ended).toMatchObject({ channelId: 'dm', call: { callerId: 'ann' }, milliseconds: 60_000 });
  expect([ringing.get('dm'), ringing.deadline]).toEqual([undefined, Infinity]);
});

test('in a group the others are called on while some have answered or declined', () => {
  const ringing = called('bob', 'eve', 'mo');
  ringing.people('dm', ['ann', 'bob'], 5_000);
  expect(ringing.decline('dm', 'eve')).toBe(true);
  expect(ringing.decline('dm', 'eve')).toBe(false);
  expect(statesOf(ringing)).toEqual({ bob: 'answered', eve: 'declined', mo: 'ringing' });
  expect(ringing.expire(RING_MS - 1)).toEqual([]);
  expect(ringing.expire(RING_MS)).toEqual([{ channelId: 'dm' }]);
  expect(statesOf(ringing)).toEqual({ bob: 'answered', eve: 'declined', mo: 'unanswered' });
  // Who has declined may come after all.
  expect(ringing.join('dm', 'eve', callees('ann'), RING_MS + 1)).toBe(true);
});

test('who leaves before anybody has answered, or gives up, has called in vain', () => {
  const left = called('bob');
  expect(left.people('dm', [], 3_000).ended).toMatchObject({ milliseconds: undefined });
  const ringing = called('bob');
  expect(ringing.cancel('dm', 'bob')).toBeUndefined();
  expect(ringing.cancel('dm', 'ann')).toMatchObject({ milliseconds: undefined });
  expect(ringing.get('dm')).toBeUndefined();
});

test('one cannot give up what was answered', () => {
  const ringing = called('bob');
  ringing.people('dm', ['ann', 'bob'], 5_000);
  expect(ringing.cancel('dm', 'ann')).toBeUndefined();
});

test('a caller who never comes rings no longer than others', () => {
  const ringing = new Ringing();
  ringing.join('dm', 'ann', callees('bob'), 0);
  expect(ringing.people('dm', [], 10)).toEqual({ changed: false });
  expect(ringing.deadline).toBe(RING_MS);
  expect(ringing.expire(RING_MS)).toMatchObject([{ channelId: 'dm', ended: { milliseconds: undefined } }]);
});

test('who is busy or offline may answer, and is asked about like the others', () => {
  const ringing = new Ringing();
  ringing.join(
    'dm',
    'ann',
    new Map([
      ['bob', 'busy'],
      ['eve', 'offline'],
    ]),
    0,
  );
  expect(ringing.of('bob').map(([id]) => id)).toEqual(['dm']);
  expect(ringing.of('mo')).toEqual([]);
  ringing.people('dm', ['ann', 'eve'], 10);
  expect(statesOf(ringing)).toEqual({ bob: 'busy', eve: 'answered' });
});
