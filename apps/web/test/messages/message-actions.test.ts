import { expect, it } from 'vitest';
import { actionsOn } from '../../src/messages/message-actions.js';
import { messageLink } from '../../src/messages/message-link.js';
import { messageOf } from '../messages-fixtures.js';

const ALL = ['send_messages', 'send_in_threads', 'create_threads', 'pin_messages', 'delete_messages'];
const AS_BOB = { me: 'bob', permissions: [], isInThread: false };

it('what one may do depends on whose message it is and on permissions', () => {
  const message = messageOf('m1');
  expect(actionsOn(message, AS_BOB)).toEqual(['forward', 'copy', 'link', 'unread', 'save']);
  expect(actionsOn(message, { ...AS_BOB, me: 'ada' })).toContain('delete');
  expect(actionsOn(message, { ...AS_BOB, permissions: ALL })).toEqual(
    expect.arrayContaining(['reply', 'thread', 'pin', 'delete']),
  );
  expect(actionsOn(message, { ...AS_BOB, permissions: ALL })).not.toContain('edit');
});

it('below a message of a thread there is none', () => {
  expect(actionsOn(messageOf('m1'), { ...AS_BOB, permissions: ALL, isInThread: true })).not.toContain(
    'thread',
  );
});

it('of a deleted message the thread is left', () => {
  const thread = { reply_count: 1, last_reply_at: null, people: [], following: false };
  expect(actionsOn(messageOf('m1', { deleted: true, thread }), AS_BOB)).toEqual(['thread']);
  expect(actionsOn(messageOf('m1', { deleted: true }), AS_BOB)).toEqual([]);
});

it('a link names the message, and its thread', () => {
  const at = { origin: 'https://chat.example', pathname: '/c/kitchen/general' };
  expect(messageLink(at, messageOf('m1'))).toBe('https://chat.example/c/kitchen/general?message=m1');
  expect(messageLink(at, messageOf('m2', { thread_id: 'm1' }))).toBe(
    'https://chat.example/c/kitchen/general?thread=m1&message=m2',
  );
});
