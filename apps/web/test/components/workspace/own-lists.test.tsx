import type { Message, Start } from '@parley/contract';
import { expect, test } from 'vitest';
import { applyEvent } from '../../../src/messages/apply-event.js';
import { Gate } from '../../../src/workspace/gate.js';
import { Shell } from '../../../src/workspace/shell.js';
import { messageOf } from '../../messages-fixtures.js';
import { personOf } from '../../people-fixtures.js';
import { channelOf, communityOf } from '../../workspace-fixtures.js';
import { nothing, ok, type FakeServer } from '../support/fake-server.js';
import { accessibilityFindings, overflowing } from '../support/findings.js';
import { BOB, serverWith, WRITES } from '../support/messages-server.js';
import { LOOKS, type Look } from '../support/show.js';
import { showWorkspace } from '../support/show-workspace.js';

const PLACES: Start = {
  me: {
    ...personOf('ada'),
    ...{ direct_messages_from: 'members', pronouns: null, about: null, availability: 'available' },
  },
  communities: [communityOf('kitchen', { channels: [channelOf('general'), channelOf('news')] })],
  ...{ conversations: [], unread: [], relations: { friends: [], incoming: [], outgoing: [], blocked: [] } },
};
const SAID = messageOf('m1', { text: 'Soup is ready', author: BOB, edited_at: '2026-11-29T12:01:00.000Z' });

function serverWithLists(saved: Message[]): FakeServer {
  const server = serverWith([SAID], [...WRITES, 'view_edit_history']);
  const thread = { reply_count: 2, last_reply_at: null, people: [], following: true };
  const followed = { ...{ last_read_id: null, unread: 2, mentions: 0 }, message: { ...SAID, thread } };
  Object.assign(server.routes, {
    'GET /api/v1/start': () => ok<Start>(PLACES),
    'GET /api/v1/me/saved*': () => ok<object>({ messages: saved, next: null }),
    'GET /api/v1/me/threads*': () => ok<object>({ threads: [followed], next: null }),
  });
  return server;
}

const showGeneral = (look: Partial<Look> = {}, search = '') =>
  showWorkspace(<Gate guests>{(me) => <Shell me={me} />}</Gate>, look, `/c/kitchen/general${search}`);

test('what is saved for later is listed with where it stands, and is forgotten from there', async () => {
  const server = serverWithLists([]);
  server.routes['PUT /api/v1/channels/general/messages/m1/saved'] = nothing;
  server.routes['DELETE /api/v1/channels/news/messages/m7/saved'] = nothing;
  const screen = await showGeneral({}, '?panel=saved');
  await expect.element(screen.getByText('Nothing is saved yet')).toBeVisible();
  await screen.getByRole('button', { name: 'More' }).click();
  await screen.getByRole('menuitem', { name: 'Save for later' }).click();
  await expect.element(screen.getByText('Saved for later')).toBeVisible();
  const elsewhere = messageOf('m7', { channel_id: 'news', text: 'Opening hours', saved: true });
  server.routes['GET /api/v1/me/saved*'] = () => ok<object>({ messages: [elsewhere], next: null });
  const payload = { channel_id: 'general', message_id: 'm1', saved: true };
  applyEvent(screen.client, { type: 'saved_changed', payload }, 'ada');
  const panel = screen.getByRole('complementary', { name: 'Saved messages' });
  await expect.element(panel.getByText('Opening hours')).toBeVisible();
  await panel.getByRole('button', { name: 'Forget' }).click();
  await panel.getByRole('link', { name: 'Show in the channel' }).click();
  await expect.poll(() => screen.address()).toContain('/c/kitchen/news');
});

test('a message is passed on, once', async () => {
  const server = serverWithLists([]);
  const path = 'POST /api/v1/channels/news/forwards';
  server.routes[path] = () => ok<Message>(messageOf('m8', { channel_id: 'news' }));
  const screen = await showGeneral();
  await screen.getByRole('button', { name: 'More' }).click();
  await screen.getByRole('menuitem', { name: 'Pass on' }).click();
  await screen.getByRole('radio', { name: /news/u }).click();
  expect(await accessibilityFindings({ wholePage: true })).toEqual([]);
  await screen.getByRole('button', { name: 'Pass on' }).click();
  await expect.element(screen.getByText('The message was passed on')).toBeVisible();
  expect(server.asked.find(({ route }) => route === path)?.body).toMatchObject({
    from: { channel_id: 'general', message_id: 'm1' },
    text: null,
  });
});

test('who may sees what a message said before', async () => {
  const server = serverWithLists([]);
  const versions = [{ text: 'Soup is raedy', replaced_at: '2026-11-29T12:01:00.000Z' }];
  server.routes = {
    'GET /api/v1/channels/general/messages/m1/versions': () => ok<object>({ versions }),
    ...server.routes,
  };
  const screen = await showGeneral();
  await screen.getByRole('button', { name: 'More' }).click();
  await screen.getByRole('menuitem', { name: 'What it said before' }).click();
  await expect.element(screen.getByText('Soup is raedy')).toBeVisible();
});

test.each(LOOKS.filter(({ width, direction }) => (width === 390 || width === 1280) && direction === 'ltr'))(
  'threads that one follows at $width×$height $theme $direction',
  { timeout: 60_000 },
  async (look) => {
    serverWithLists([]);
    const screen = await showGeneral(look, '?panel=threads');
    await screen.getByRole('link', { name: '2 replies' }).click();
    await expect.poll(() => screen.address()).toContain('?thread=m1');
    expect(overflowing()).toEqual([]);
    expect(await accessibilityFindings({ wholePage: true })).toEqual([]);
  },
);
