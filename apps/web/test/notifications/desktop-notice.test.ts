import type { MessageFacts, NotificationSettings, Start } from '@parley/contract';
import { expect, test } from 'vitest';
import { desktopNotice } from '../../src/notifications/desktop-notice.js';
import { muteUntil } from '../../src/notifications/mute-times.js';
import { plainText } from '../../src/messages/plain-text.js';
import { withRule } from '../../src/notifications/use-set-rule.js';
import { messageOf } from '../messages-fixtures.js';
import { channelOf, communityOf } from '../workspace-fixtures.js';

const NOW = Date.parse('2026-11-30T10:00:00Z');
const person = (id: string) => ({ id, user_name: id, display_name: null, avatar: null, status: null });
const START: Start = {
  me: {
    ...person('ada'),
    direct_messages_from: 'members',
    pronouns: null,
    about: null,
    availability: 'available',
  },
  communities: [communityOf('kitchen', { channels: [channelOf('general')] })],
  conversations: [
    {
      id: 'talk',
      kind: 'direct',
      name: '',
      members: [person('ada'), person('bob')],
      last_id: '1',
      permissions: [],
    },
    { id: 'lunch', kind: 'group', name: 'Lunch', members: [], last_id: '1', permissions: [] },
  ],
  relations: { friends: [], incoming: [], outgoing: [], blocked: [] },
  unread: [],
};
const SETTINGS: NotificationSettings = { keywords: [], quiet: null, communities: [], channels: [] };
const noticeOf = (facts: Partial<MessageFacts>, settings: Partial<NotificationSettings> = {}) =>
  desktopNotice(messageOf('m1', { author: { id: 'bob', name: 'Bob' }, ...facts }), {
    ...{ start: START, settings: { ...SETTINGS, ...settings }, me: 'ada', now: NOW, doNotDisturb: false },
  });
const CALLS_ADA = { people: [{ id: 'ada', name: 'Ada' }], role_ids: [], everyone: null };

test('of what calls one there is a notice, with the way there', () => {
  const text = '**Soup** is ready, <@0193a2f0-7c1e-7abc-8def-0123456789ab>';
  expect(noticeOf({ text })).toBeUndefined();
  expect(noticeOf({ text: '**Soup** is ready', mentions: CALLS_ADA })).toEqual({
    title: 'Bob in #general'.replace('Bob', '\u2068Bob\u2069').replace('general', '\u2068general\u2069'),
    body: 'Soup is ready',
    tag: 'parley:general',
    path: '/c/kitchen/general?message=m1',
  });
  expect(noticeOf({ text }, { keywords: ['soup'] })).toBeDefined();
});

test('of a conversation there is one of every message, by the name of the person or the group', () => {
  expect(noticeOf({ channel_id: 'talk' })).toMatchObject({ title: 'Bob', path: '/d/talk?message=m1' });
  expect(noticeOf({ channel_id: 'lunch' })?.title).toContain('Lunch');
});

test('there is none of one’s own, of what is muted, in quiet hours, and of places that one does not know', () => {
  const quiet = { days: [1], from: '09:00', until: '18:00', time_zone: 'UTC' };
  const muted = { channel_id: 'talk', level: null, muted: true, muted_until: null };
  expect(noticeOf({ channel_id: 'talk', author: { id: 'ada', name: 'Ada' } })).toBeUndefined();
  expect(noticeOf({ channel_id: 'talk', author: null })).toBeUndefined();
  expect(noticeOf({ channel_id: 'talk' }, { channels: [muted] })).toBeUndefined();
  expect(noticeOf({ channel_id: 'talk' }, { quiet })).toBeUndefined();
  expect(noticeOf({ channel_id: 'gone', mentions: CALLS_ADA })).toBeUndefined();
});

test('of a reply in a thread there is one where it calls one, and it leads into the thread', () => {
  expect(noticeOf({ channel_id: 'talk', thread_id: 'm0' })).toBeUndefined();
  expect(noticeOf({ thread_id: 'm0', mentions: CALLS_ADA })?.path).toBe(
    '/c/kitchen/general?thread=m0&message=m1',
  );
});

test('a text is one line of words, and what it covers stays covered', () => {
  const written = (text: string, length = 100) =>
    plainText(text, { nameOf: (sign) => (sign === '@' ? 'Ann' : undefined), hidden: '▮', length });
  expect(written('> a **b** `c`\n\n- one\n- two')).toBe('a b c one two');
  expect(written('The end: ||**all** die||.')).toBe('The end: ▮.');
  expect(written('<@0193a2f0-7c1e-7abc-8def-0123456789ab> [here](https://a.example)')).toBe('@Ann here');
  expect(written('👩‍🍳'.repeat(3) + 'x'.repeat(50), 12)).toHaveLength(12 + 6);
});

test('a channel is muted for a time, until the morning, or for good', () => {
  const now = new Date(2026, 10, 30, 23, 30);
  expect(muteUntil('quarter', now)).toBe(new Date(2026, 10, 30, 23, 45).toISOString());
  expect(muteUntil('hour', now)).toBe(new Date(2026, 11, 1, 0, 30).toISOString());
  expect(muteUntil('workday', now)).toBe(new Date(2026, 11, 1, 7, 30).toISOString());
  expect(muteUntil('tomorrow', now)).toBe(new Date(2026, 11, 1, 8, 0).toISOString());
  expect(muteUntil('ever', now)).toBeNull();
});

test('what is decided takes the place of what was before', () => {
  const rule = { level: null, muted: true, muted_until: null };
  const once = withRule(SETTINGS, { kind: 'channel', id: 'general' }, rule);
  const twice = withRule(once, { kind: 'channel', id: 'general' }, { ...rule, muted: false });
  expect(twice.channels).toEqual([{ channel_id: 'general', level: null, muted: false, muted_until: null }]);
  expect(withRule(SETTINGS, { kind: 'community', id: 'k' }, rule).communities).toHaveLength(1);
});
