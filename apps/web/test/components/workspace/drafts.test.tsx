import type { Draft } from '@parley/contract';
import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { applyEvent } from '../../../src/messages/apply-event.js';
import { Gate } from '../../../src/workspace/gate.js';
import { Shell } from '../../../src/workspace/shell.js';
import { messageOf } from '../../messages-fixtures.js';
import { nothing, ok, type FakeServer } from '../support/fake-server.js';
import { serverWith } from '../support/messages-server.js';
import { showWorkspace } from '../support/show-workspace.js';

const KEEP = 'PUT /api/v1/channels/general/draft';

afterEach(() => localStorage.clear());

const draftOf = (text: string, channel_id = 'general'): Draft => ({
  ...{ channel_id, thread_id: null, reply_to_id: null, text },
  changed_at: '2026-11-29T12:00:00.000Z',
});

function serverWithDrafts(drafts: Draft[]): FakeServer {
  const server = serverWith([messageOf('m1')]);
  server.routes['GET /api/v1/me/drafts'] = () => ok<object>({ drafts });
  server.routes[KEEP] = nothing;
  server.routes['POST /api/v1/channels/general/typing'] = nothing;
  return server;
}

const showGeneral = () =>
  showWorkspace(<Gate guests>{(me) => <Shell me={me} />}</Gate>, {}, '/c/kitchen/general');

test('a draft comes from the server, follows what other devices write, and goes there', async () => {
  const server = serverWithDrafts([draftOf('Half a'), draftOf('Elsewhere', 'news')]);
  const screen = await showGeneral();
  const field = screen.getByTestId('composer');
  await expect.element(field).toHaveValue('Half a');
  await expect.element(screen.getByRole('link', { name: /news.*Draft/u })).toBeVisible();

  const event = (text: string) => {
    const payload = { channel_id: 'general', thread_id: null, draft: draftOf(text) };
    applyEvent(screen.client, { type: 'draft_changed', payload }, 'ada');
  };
  event('Half a sentence');
  await expect.element(field).toHaveValue('Half a sentence');
  await field.fill('Mine');
  const kept = () => server.asked.filter(({ route }) => route === KEEP).map(({ body }) => body);
  await expect.poll(kept).toMatchObject([{ text: 'Mine' }]);
  // What the server tells of one's own draft is no news.
  await field.fill('Mine too');
  event('Mine');
  await expect.poll(() => kept().at(-1)).toMatchObject({ text: 'Mine too' });
  await expect.element(field).toHaveValue('Mine too');
});

test('who types is shown, and told of once in a while', async () => {
  const server = serverWithDrafts([]);
  const screen = await showGeneral();
  await screen.getByTestId('composer').click();
  await userEvent.keyboard('Hello');
  const told = server.asked.filter(({ route }) => route.endsWith('/typing'));
  expect(told).toHaveLength(1);
  const payload = { channel_id: 'general', thread_id: null, user_id: 'bob', name: 'bob' };
  applyEvent(screen.client, { type: 'typing', payload }, 'ada');
  await expect.element(screen.getByTestId('typing')).toHaveTextContent('bob\u2069 is typing…');
  const message = messageOf('m2', { author: { id: 'bob', name: 'bob' } });
  applyEvent(screen.client, { type: 'message_created', payload: { message, nonce: 'n' } }, 'ada');
  await expect.element(screen.getByTestId('typing')).toHaveTextContent('');
});
