import { expect, test } from 'vitest';
import { afterMessage, inOrder } from '../../src/conversations/conversation-list.js';
import { conversationName } from '../../src/conversations/conversation-name.js';
import { conversationOf, personOf } from '../people-fixtures.js';

const [BOB, CEM] = [personOf('bob', { display_name: 'Bob B.' }), personOf('cem')];
const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);

test('the conversation in which something is written comes first', () => {
  const list = inOrder([
    conversationOf('1', [BOB]),
    conversationOf('3', [CEM]),
    conversationOf('2', [BOB, CEM]),
  ]);
  expect(ids(list)).toEqual(['3', '2', '1']);
  expect(ids(afterMessage(list, { channel_id: '1', thread_id: null, id: '4' }))).toEqual(['1', '3', '2']);
});

test('replies in threads, old messages and other channels change nothing', () => {
  const list = [conversationOf('3', [CEM]), conversationOf('1', [BOB])];
  for (const message of [
    { channel_id: '1', thread_id: '1', id: '4' },
    { channel_id: '3', thread_id: null, id: '2' },
    { channel_id: 'general', thread_id: null, id: '4' },
  ]) {
    expect(afterMessage(list, message)).toBe(list);
  }
});

test('a conversation has its name, or those of the others', () => {
  expect(conversationName(conversationOf('1', [BOB]), 'ada')).toBe('Bob B.');
  expect(conversationName(conversationOf('1', [BOB, CEM]), 'ada')).toBe('Bob B. & cem');
  expect(conversationName(conversationOf('1', [BOB, CEM], { name: 'Lunch' }), 'ada')).toBe('Lunch');
  expect(conversationName(conversationOf('1', [], { kind: 'direct' }), 'ada')).toBe('Deleted account');
  expect(conversationName(conversationOf('1', []), 'ada')).toBe('Only you');
});
