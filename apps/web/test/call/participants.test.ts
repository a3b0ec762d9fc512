import { describe, expect, it } from 'vitest';
import { handOf, raisedHands } from '../../src/call/participants.js';
import { participantView } from '../participant-view.js';

describe('handOf', () => {
  it('reads when a hand went up', () => {
    expect(handOf('1700000000000')).toBe(1_700_000_000_000);
    expect(handOf('')).toBeUndefined();
    expect(handOf(undefined)).toBeUndefined();
  });

  it('takes any other text as a raised hand', () => {
    expect(handOf('yes')).toBe(0);
    expect(handOf('Infinity')).toBe(0);
  });
});

it('lists raised hands in the order in which they went up', () => {
  const people = [
    participantView('a', { handRaisedAt: 30 }),
    participantView('b'),
    participantView('c', { handRaisedAt: 10 }),
  ];
  expect(raisedHands(people).map((person) => person.identity)).toEqual(['c', 'a']);
});
