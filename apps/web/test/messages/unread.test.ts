import { expect, it } from 'vitest';
import { callsOne, countMessage, firstNew } from '../../src/messages/unread.js';
import { messageOf } from '../messages-fixtures.js';

const BY_BOB = { author: { id: 'bob', name: 'bob' } };
const CALLS_ADA = { people: [{ id: 'ada', name: 'ada' }], role_ids: [], everyone: null };

it('counts what others write, and what calls one', () => {
  const one = countMessage([], messageOf('m1', BY_BOB), false);
  expect(one).toEqual([{ channel_id: 'general', last_read_id: null, unread: 1, mentions: 0 }]);
  const two = countMessage(one, messageOf('m2', BY_BOB), true);
  expect(two).toEqual([{ channel_id: 'general', last_read_id: null, unread: 2, mentions: 1 }]);
  const full = [{ channel_id: 'general', last_read_id: 'm', unread: 100, mentions: 100 }];
  expect(countMessage(full, messageOf('m2', BY_BOB), false)).toEqual(full);
});

it('puts the line above the first message of others that was not read', () => {
  const messages = [messageOf('m1', BY_BOB), messageOf('m2'), messageOf('m3', BY_BOB)];
  expect(firstNew(messages, 'm1', 'ada')).toBe('m3');
  expect(firstNew(messages, null, 'ada')).toBe('m1');
  expect(firstNew(messages, 'm3', 'ada')).toBeUndefined();
});

it('knows what calls one: by name, with everybody, or by a word of one’s own', () => {
  expect(callsOne(messageOf('m', { ...BY_BOB, mentions: CALLS_ADA }), 'ada', [])).toBe(true);
  expect(callsOne(messageOf('m', { ...BY_BOB, mentions: CALLS_ADA }), 'eve', [])).toBe(false);
  expect(callsOne(messageOf('m', { ...BY_BOB, text: 'Soup!' }), 'eve', ['soup'])).toBe(true);
});
