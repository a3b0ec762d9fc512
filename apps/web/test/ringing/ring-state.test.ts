import type { CalleeState } from '@parley/contract';
import { describe, expect, test } from 'vitest';
import { callText } from '../../src/ringing/call-text.js';
import { isCalled, isCalling } from '../../src/ringing/ring-state.js';
import { withRing } from '../../src/ringing/rings-query.js';
import { ringOf } from '../ringing-fixtures.js';

const state = (one: CalleeState) => ringOf({ people: [{ id: 'ada', state: one }] });

describe('a call of a conversation', () => {
  test.each(['ringing', 'busy', 'offline'] as const)('calls who is %s', (one) => {
    expect(isCalled(state(one), 'ada')).toBe(true);
    expect(isCalled(state(one), 'bob')).toBe(false);
    expect(isCalling(state(one))).toBe(true);
  });

  test.each(['answered', 'declined', 'unanswered'] as const)('calls nobody who has %s', (one) => {
    expect(isCalled(state(one), 'ada')).toBe(false);
    expect(isCalling(state(one))).toBe(false);
  });

  test('is forgotten once it is over', () => {
    const other = ringOf({ channel_id: '2' });
    const declined = state('declined');
    expect(withRing([ringOf(), other], declined)).toEqual([other, declined]);
    expect(withRing([ringOf(), other], ringOf({ ended: true }))).toEqual([other]);
  });
});

test.each([
  [34, 'Call, 34 sec'],
  [725, 'Call, 12 min'],
  [3_600, 'Call, 1 hr'],
  [3_905, 'Call, 1 hr 5 min'],
])('a call of %i seconds is told in words', (seconds, words) => {
  expect(callText({ seconds })).toBe(words);
});

test('a call without an answer is missed by who was called', () => {
  expect(callText({ seconds: null })).toBe('Call, not answered');
  expect(callText({ seconds: null }, 'Bob')).toBe('Missed call from ⁨Bob⁩');
});
