import type { NotificationRule, NotificationSettings } from '@parley/contract';
import { expect, test } from 'vitest';
import { newsOf, sumOf } from '../../src/notifications/news.js';
import { communitiesOf, rulesOf } from '../../src/notifications/rules.js';
import { channelOf, communityOf } from '../workspace-fixtures.js';

const NOW = Date.parse('2026-11-30T10:00:00Z');
const PLACES = communitiesOf({
  communities: [communityOf('kitchen', { channels: [channelOf('general'), channelOf('soups')] })],
  conversations: [{ id: 'talk', kind: 'direct', name: '', members: [], last_id: '1', permissions: [] }],
});
const MUTED: NotificationRule = { level: null, muted: true, muted_until: null };
const settings = (facts: Partial<NotificationSettings>): NotificationSettings => ({
  ...{ keywords: [], quiet: null, channels: [], communities: [] },
  ...facts,
});
const shown = (channel_id: string, facts: Partial<NotificationSettings> = {}) =>
  newsOf(
    { channel_id, last_read_id: null, unread: 5, mentions: 2 },
    rulesOf(settings(facts), PLACES, channel_id),
    NOW,
  );

test('on a channel stand mentions, on a conversation all messages', () => {
  expect(shown('general')).toEqual({ isNew: true, badge: 2, isMuted: false });
  expect(shown('talk')).toEqual({ isNew: true, badge: 5, isMuted: false });
});

test('what is muted counts nowhere, by itself or by its community', () => {
  const byItself = shown('general', { channels: [{ channel_id: 'general', ...MUTED }] });
  expect(byItself).toEqual({ isNew: false, badge: 0, isMuted: true });
  const byCommunity = shown('general', { communities: [{ community_id: 'kitchen', ...MUTED }] });
  expect(byCommunity).toMatchObject({ isNew: false, badge: 0 });
  expect(shown('talk', { communities: [{ community_id: 'kitchen', ...MUTED }] })).toMatchObject({ badge: 5 });
});

test('who wants to be told of nothing sees what is new, without a number', () => {
  const level = { level: 'nothing', muted: false, muted_until: null } as const;
  expect(shown('general', { channels: [{ channel_id: 'general', ...level }] })).toMatchObject({
    ...{ isNew: true, badge: 0 },
  });
});

test('a community shows what its channels show together', () => {
  const news = new Map([
    ['general', shown('general')],
    ['soups', shown('soups', { channels: [{ channel_id: 'soups', ...MUTED }] })],
  ]);
  expect(sumOf(news, ['general', 'soups', 'unknown'])).toMatchObject({ isNew: true, badge: 2 });
});
