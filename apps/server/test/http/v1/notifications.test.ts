import { notificationSettings, unreadChannels } from '@parley/contract';
import { expect, test } from 'vitest';
import { NOT_THERE, startChat } from './chat.js';
import type { Talker } from './chat.js';
import { problemOf } from './client.js';

async function started() {
  const chat = await startChat();
  const settings = async (by: Talker) =>
    notificationSettings.parse((await by.client.get('me/notifications')).body);
  const set = (by: Talker, path: string, body: object) => {
    chat.clock.now += 1000;
    return by.client.put(`${path}/notifications`, body);
  };
  const change = (by: Talker, body: object) => {
    chat.clock.now += 1000;
    return by.client.patch('me/notifications', body);
  };
  return { ...chat, settings, set, change };
}

const UNTIL = '2030-01-01T08:00:00.000Z';
const QUIET = { days: [1, 2, 7], from: '22:00', until: '07:30', time_zone: 'Europe/Berlin' };

test('of what one wants to be told is kept for channels, conversations and communities, and told to all devices', async () => {
  const { ann, bob, settings, set, converse, general, communityId, told } = await started();
  expect(await settings(ann)).toEqual({ keywords: [], quiet: null, communities: [], channels: [] });
  const two = await converse(ann, bob);
  const muted = { level: null, muted: true, muted_until: UNTIL };
  expect((await set(ann, `channels/${two}`, muted)).status).toBe(204);
  await set(ann, `channels/${general}`, { level: 'everything', muted: false });
  await set(ann, `communities/${communityId}`, { level: 'nothing', muted: true });
  expect(told.at(-1)).toEqual({
    ...{ type: 'notifications_changed', payload: {} },
    audience: { userIds: [ann.id] },
  });
  const { channels, communities } = await settings(ann);
  expect(channels).toHaveLength(2);
  expect(channels).toContainEqual({ channel_id: two, ...muted });
  expect(channels).toContainEqual({
    ...{ channel_id: general, level: 'everything', muted: false, muted_until: null },
  });
  expect(communities).toEqual([
    { community_id: communityId, level: 'nothing', muted: true, muted_until: null },
  ]);
  expect(await settings(bob)).toMatchObject({ channels: [] });

  // What says nothing any more is gone; a time without a muting is none.
  await set(ann, `channels/${two}`, { level: null, muted: false, muted_until: UNTIL });
  await set(ann, `channels/${general}`, { level: 'mentions', muted: false, muted_until: UNTIL });
  expect((await settings(ann)).channels).toEqual([
    { channel_id: general, level: 'mentions', muted: false, muted_until: null },
  ]);
});

test('words of one’s own count as a mention, once, and quiet hours are kept', async () => {
  const { ann, bob, say, settings, change, addChannel } = await started();
  const other = await addChannel('other');
  expect((await change(ann, { keywords: ['Soup kitchen', 'soup KITCHEN', 'Café', '!'] })).status).toBe(204);
  expect((await change(ann, { quiet: QUIET })).status).toBe(204);
  expect(await settings(ann)).toMatchObject({ keywords: ['soup KITCHEN', 'Café', '!'], quiet: QUIET });
  await say(bob, 'The soup kitchen is open');
  await say(bob, 'A kitchen with soup');
  await say(bob, `cafe <@${ann.id}>`);
  await say(ann, 'My cafe');
  await say(bob, 'To the cafe!', {}, other);
  const { channels } = unreadChannels.parse((await ann.client.get('me/unread')).body);
  expect(channels.find(({ channel_id }) => channel_id === other)).toMatchObject({ unread: 1, mentions: 1 });
  await bob.client.get('me/unread');
  await change(ann, { keywords: [] });
  const after = unreadChannels.parse((await ann.client.get('me/unread')).body);
  expect(after.channels.find(({ channel_id }) => channel_id === other)).toMatchObject({ mentions: 0 });
  expect(await settings(ann)).toMatchObject({ keywords: [], quiet: QUIET });
  await change(ann, { quiet: null });
  expect(await settings(ann)).toMatchObject({ quiet: null });
});

test('what calls one and says a word counts once', async () => {
  const { ann, bob, say, change } = await started();
  await change(ann, { keywords: ['cafe'] });
  await say(bob, `cafe <@${ann.id}>`);
  await say(bob, 'cafe');
  const { channels } = unreadChannels.parse((await ann.client.get('me/unread')).body);
  expect(channels).toContainEqual(expect.objectContaining({ unread: 2, mentions: 2 }));
});

test('what one does not see is not there, and what is malformed is told so', async () => {
  const { ann, eve, set, change, settings, general, communityId } = await started();
  const rule = { level: 'mentions', muted: false };
  for (const path of [`channels/${general}`, `communities/${communityId}`, `channels/${NOT_THERE}`]) {
    expect((await set(eve, path, rule)).status).toBe(404);
  }
  const wrong: [object, string][] = [
    [{ ...rule, level: 'some' }, 'level'],
    [{ level: null }, 'muted'],
    [{ ...rule, muted: true, muted_until: 'tomorrow' }, 'muted_until'],
    [{ ...rule, muted: true, muted_until: '0000-01-01T00:00:00Z' }, 'muted_until'],
    [{ ...rule, muted: true, muted_until: '9999-12-31T23:59:59-23:59' }, 'muted_until'],
  ];
  for (const [body, field] of wrong) {
    expect(problemOf(await set(ann, `channels/${general}`, body))).toMatchObject({ status: 400, field });
  }
  for (const quiet of [
    { ...QUIET, days: [] },
    { ...QUIET, days: [1, 1] },
    { ...QUIET, days: [8] },
    { ...QUIET, from: '24:00' },
    { ...QUIET, time_zone: 'Mars/Olympus' },
    {},
  ]) {
    expect((await change(ann, { quiet })).status, JSON.stringify(quiet)).toBe(400);
  }
  expect((await change(ann, { keywords: Array.from({ length: 51 }, (_, i) => `word ${i}`) })).status).toBe(
    400,
  );
  expect((await change(ann, { keywords: ['x'.repeat(51)] })).status).toBe(400);
  expect(await settings(ann)).toMatchObject({ keywords: [], quiet: null, channels: [] });
});
