import type { Message, MessagePage } from '@parley/contract';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { applyEvent } from '../../../src/messages/apply-event.js';
import { Gate } from '../../../src/workspace/gate.js';
import { Shell } from '../../../src/workspace/shell.js';
import { messageOf } from '../../messages-fixtures.js';
import { nothing, ok, type FakeServer } from '../support/fake-server.js';
import { accessibilityFindings, overflowing } from '../support/findings.js';
import { BOB, POST, serverWith, WRITES } from '../support/messages-server.js';
import { LOOKS, type Look } from '../support/show.js';
import { showWorkspace } from '../support/show-workspace.js';

const MAY = [...WRITES, 'send_in_threads', 'create_threads'];
const BOTH = [BOB, { id: 'ada', name: 'ada' }];
const thread = { reply_count: 2, last_reply_at: '2026-11-29T12:05:00.000Z', people: BOTH, following: true };
const ROOT = messageOf('m1', { text: 'Who cooks?', thread });
const REPLY = messageOf('m2', { text: 'Not me', author: BOB, thread_id: 'm1' });

function serverWithThread(): FakeServer {
  const server = serverWith([ROOT], MAY);
  Object.assign(server.routes, {
    'GET /api/v1/me/threads*': () => ok<object>({ threads: [], next: null }),
    'GET /api/v1/channels/general/threads/m1/messages*': () =>
      ok<MessagePage>({ messages: [REPLY], older: false, newer: false }),
  });
  // Before the list, which would answer for it too.
  server.routes = { 'GET /api/v1/channels/general/messages/m1': () => ok<Message>(ROOT), ...server.routes };
  return server;
}

const showGeneral = (look: Partial<Look> = {}, search = '') =>
  showWorkspace(<Gate guests>{(me) => <Shell me={me} />}</Gate>, look, `/c/kitchen/general${search}`);

test('a thread opens beside the channel, and is answered there', async () => {
  const server = serverWithThread();
  const screen = await showGeneral();
  await expect
    .element(screen.getByText(/^Last reply/u))
    .toHaveTextContent(/^Last reply (?:Nov \d+(?:, 2026)?|[\d:]+\s[AP]M)$/u);
  await screen.getByRole('link', { name: /2 replies/u }).click();
  const panel = screen.getByRole('complementary', { name: 'Thread' });
  await expect.element(panel.getByText('Not me')).toBeVisible();
  // A few stand at the top.
  expect(panel.getByText('Not me').element().getBoundingClientRect().bottom).toBeLessThan(400);
  expect(screen.address()).toBe('/c/kitchen/general?thread=m1');

  server.routes[POST] = () => ok<Message>(messageOf('m3', { text: 'Me then', thread_id: 'm1' }));
  await panel.getByTestId('thread-composer').fill('Me then');
  await userEvent.keyboard('{Enter}');
  await expect.element(panel.getByText('Me then')).toBeVisible();
  expect(server.asked.find(({ route }) => route === POST)?.body).toMatchObject({ thread_id: 'm1' });
  await expect.poll(() => screen.getByText('Me then').elements().length).toBe(1);

  const payload = { channel_id: 'general', thread_id: 'm1', thread: { ...thread, reply_count: 3 } };
  applyEvent(screen.client, { type: 'thread_changed', payload }, 'ada');
  await expect.element(screen.getByRole('link', { name: /3 replies/u })).toBeVisible();
});

test('a thread is begun from the menu of a message, and is followed or not', async () => {
  const server = serverWithThread();
  server.routes['DELETE /api/v1/channels/general/threads/m1/following'] = nothing;
  const screen = await showGeneral();
  await screen.getByRole('button', { name: 'More' }).click();
  await screen.getByRole('menuitem', { name: 'Reply in thread' }).click();
  const panel = screen.getByRole('complementary', { name: 'Thread' });
  await expect.element(panel.getByTestId('thread-composer')).toHaveFocus();
  await panel.getByRole('button', { name: 'Do not follow' }).click();
  const payload = { channel_id: 'general', thread_id: 'm1', following: false };
  applyEvent(screen.client, { type: 'following_changed', payload }, 'ada');
  await expect.element(panel.getByRole('button', { name: 'Follow' })).toBeVisible();
});

test('one answers a message, and sees which', async () => {
  const server = serverWithThread();
  const screen = await showGeneral();
  await screen.getByRole('button', { name: 'More' }).click();
  await screen.getByRole('menuitem', { name: 'Reply', exact: true }).click();
  await expect.element(screen.getByTestId('composer')).toHaveFocus();
  await expect.element(screen.getByText(/^Reply to/u)).toBeVisible();
  server.routes[POST] = () => ok<Message>(messageOf('m4', { text: 'I do', reply_to: { ...ROOT, files: 0 } }));
  await userEvent.keyboard('I do{Enter}');
  await expect.element(screen.getByText('I do')).toBeVisible();
  await expect.element(screen.getByText(/^Reply to/u)).not.toBeInTheDocument();
  expect(server.asked.find(({ route }) => route === POST)?.body).toMatchObject({ reply_to_id: 'm1' });
});

test('a link leads to a message wherever it stands, and a button back to the newest', async () => {
  const server = serverWithThread();
  const old = Array.from({ length: 50 }, (_, i) => messageOf(`a${i + 10}`, { text: `Old ${i}` }));
  const around = 'GET /api/v1/channels/general/messages?limit=50&around=a30';
  server.routes = {
    [around]: () => ok<MessagePage>({ messages: old, older: false, newer: true }),
    'GET /api/v1/channels/general/messages?limit=50&after*': () =>
      ok<MessagePage>({ messages: [messageOf('b1', { text: 'Between' })], older: true, newer: true }),
    ...server.routes,
  };
  const screen = await showGeneral({}, '?message=a30');
  await expect.element(screen.getByText('Old 20')).toBeInViewport();
  await expect.poll(() => document.activeElement?.textContent).toContain('Old 20');
  await expect.poll(() => screen.address()).toBe('/c/kitchen/general');
  await screen.getByRole('button', { name: 'Jump to present' }).click();
  await expect.element(screen.getByText('Who cooks?')).toBeVisible();
  await expect.element(screen.getByText('Old 20')).not.toBeInTheDocument();
});

test.each(LOOKS.filter(({ width }) => width === 320 || width === 1280))(
  'a thread at $width×$height $theme $direction',
  { timeout: 60_000 },
  async (look) => {
    serverWithThread();
    const screen = await showGeneral(look, '?thread=m1');
    await expect.element(screen.getByText('Not me')).toBeVisible();
    expect(overflowing()).toEqual([]);
    expect(await accessibilityFindings({ wholePage: true })).toEqual([]);
  },
);
