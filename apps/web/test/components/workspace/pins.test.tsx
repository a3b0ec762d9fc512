import type { Pin } from '@parley/contract';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { applyEvent } from '../../../src/messages/apply-event.js';
import { Gate } from '../../../src/workspace/gate.js';
import { Shell } from '../../../src/workspace/shell.js';
import { messageOf } from '../../messages-fixtures.js';
import { nothing, ok, type FakeServer } from '../support/fake-server.js';
import { accessibilityFindings, overflowing } from '../support/findings.js';
import { BOB, serverWith, WRITES } from '../support/messages-server.js';
import { LOOKS, type Look } from '../support/show.js';
import { showWorkspace } from '../support/show-workspace.js';

const PINS = 'GET /api/v1/channels/general/pins';
const pinOf = (id: string, text: string): Pin => ({
  message: messageOf(id, { text, author: BOB, pinned: true }),
  pinned_by: 'ada',
  pinned_at: '2026-11-29T12:00:00.000Z',
});

function serverWithPins(pins: Pin[]): FakeServer {
  const server = serverWith([messageOf('m1', { text: 'Soup is ready' })], [...WRITES, 'pin_messages']);
  server.routes[PINS] = () => ok<object>({ pins });
  return server;
}

const showGeneral = (look: Partial<Look> = {}, search = '') =>
  showWorkspace(<Gate guests>{(me) => <Shell me={me} />}</Gate>, look, `/c/kitchen/general${search}`);

test('pins are a panel beside the channel, which takes the focus and gives it back', async () => {
  serverWithPins([pinOf('m1', 'Opening hours')]);
  const screen = await showGeneral();
  const button = screen.getByRole('button', { name: 'Pinned messages' });
  await button.click();
  const panel = screen.getByRole('complementary', { name: 'Pinned messages' });
  await expect.element(panel.getByText('Opening hours')).toBeVisible();
  await expect.element(panel).toHaveFocus();
  await expect.element(screen.getByTestId('composer')).toBeVisible();
  expect(screen.address()).toBe('/c/kitchen/general?panel=pins');
  await userEvent.keyboard('{Escape}');
  await expect.element(panel).not.toBeInTheDocument();
  await expect.element(button).toHaveFocus();
  expect(screen.address()).toBe('/c/kitchen/general');
});

test('on a phone the panel covers the channel, and what it leads to closes it', async () => {
  serverWithPins([pinOf('m1', 'Opening hours')]);
  const screen = await showGeneral({ width: 390, height: 844 }, '?panel=pins');
  await expect.element(screen.getByText('Opening hours')).toBeVisible();
  await screen.getByRole('button', { name: 'Back to the channel' }).click();
  await expect.element(screen.getByText('Opening hours')).not.toBeInTheDocument();
  await screen.getByRole('button', { name: 'Pinned messages' }).click();
  await screen.getByRole('link', { name: 'Show in the channel' }).click();
  await expect.element(screen.getByText('Opening hours')).not.toBeInTheDocument();
  await expect.poll(() => screen.address()).toBe('/c/kitchen/general');
});

test('who may pins and takes pins away; the list follows what happens', async () => {
  const server = serverWithPins([]);
  const screen = await showGeneral({}, '?panel=pins');
  await expect.element(screen.getByText('Nothing is pinned yet')).toBeVisible();
  server.routes['PUT /api/v1/channels/general/pins/m1'] = nothing;
  server.routes['DELETE /api/v1/channels/general/pins/m1'] = nothing;
  const payload = { channel_id: 'general', message_id: 'm1', user_id: 'ada' };

  await screen.getByRole('button', { name: 'More' }).click();
  await screen.getByRole('menuitem', { name: 'Pin' }).click();
  await expect.element(screen.getByText('The message is pinned')).toBeVisible();
  server.routes[PINS] = () => ok<object>({ pins: [pinOf('m1', 'Soup is ready')] });
  applyEvent(screen.client, { type: 'message_pinned', payload }, 'ada');
  const panel = screen.getByRole('complementary', { name: 'Pinned messages' });
  await panel.getByRole('button', { name: 'Unpin' }).click();
  await expect.element(screen.getByText('The message is no longer pinned')).toBeVisible();
  server.routes[PINS] = () => ok<object>({ pins: [] });
  applyEvent(screen.client, { type: 'message_unpinned', payload }, 'ada');
  await expect.element(screen.getByText('Nothing is pinned yet')).toBeVisible();
});

const LONG = 'Wolfeschlegelsteinhausenbergerdorff-عبد-الرحمن-بن-محمد-الأندلسي';

test.each(LOOKS.filter(({ width }) => width === 320 || width === 820 || width === 1280))(
  'pins at $width×$height $theme $direction',
  { timeout: 60_000 },
  async (look) => {
    const long = messageOf('m2', { text: `${LONG} `.repeat(40), author: { id: LONG, name: LONG } });
    serverWithPins([pinOf('m1', 'Opening hours'), { ...pinOf('m2', ''), message: long }]);
    const screen = await showGeneral(look, '?panel=pins');
    await expect.element(screen.getByText('Opening hours')).toBeVisible();
    expect(overflowing()).toEqual([]);
    expect(await accessibilityFindings({ wholePage: true })).toEqual([]);
  },
);
