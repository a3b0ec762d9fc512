import type { Message, ScheduledMessage } from '@parley/contract';
import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { applyEvent } from '../../../src/messages/apply-event.js';
import { fieldTime } from '../../../src/scheduled/send-times.js';
import { showLanguage } from '../../../src/texts/language.js';
import { Gate } from '../../../src/workspace/gate.js';
import { Shell } from '../../../src/workspace/shell.js';
import { messageOf } from '../../messages-fixtures.js';
import { nothing, ok, refused, type FakeServer } from '../support/fake-server.js';
import { accessibilityFindings, overflowing } from '../support/findings.js';
import { POST, serverWith } from '../support/messages-server.js';
import { LOOKS, type Look } from '../support/show.js';
import { showWorkspace } from '../support/show-workspace.js';

const SCHEDULE = 'POST /api/v1/channels/general/scheduled';
const TOMORROW = new Date(Date.now() + 86_400_000);

afterEach(async () => {
  await showLanguage('en');
  localStorage.clear();
});

function scheduledOf(facts: Partial<ScheduledMessage> = {}): ScheduledMessage {
  return {
    ...{ id: 's1', channel_id: 'general', thread_id: null, reply_to_id: null, text: 'Happy birthday' },
    ...{ send_at: TOMORROW.toISOString(), refusal: null },
    ...facts,
  };
}

function serverWithScheduled(scheduled: ScheduledMessage[]): FakeServer {
  const server = serverWith([messageOf('m1')]);
  server.routes['GET /api/v1/me/scheduled'] = () => ok<object>({ scheduled });
  return server;
}

const showGeneral = (look: Partial<Look> = {}, search = '') =>
  showWorkspace(<Gate guests>{(me) => <Shell me={me} />}</Gate>, look, `/c/kitchen/general${search}`);

test('what one has written is scheduled for tomorrow at nine, and the field is empty then', async () => {
  const server = serverWithScheduled([]);
  server.routes[SCHEDULE] = () => ok<ScheduledMessage>(scheduledOf());
  const screen = await showGeneral();
  await screen.getByTestId('composer').fill('Happy birthday');
  await screen.getByRole('button', { name: 'Schedule' }).click();
  await screen.getByRole('menuitem', { name: /^Tomorrow morning/u }).click();
  await expect.element(screen.getByText(/^Will be sent/u).first()).toBeVisible();
  await expect.element(screen.getByTestId('composer')).toHaveValue('');
  await expect.element(screen.getByTestId('composer')).toHaveFocus();
  const body = server.asked.find(({ route }) => route === SCHEDULE)?.body as ScheduledMessage;
  expect(body).toMatchObject({ text: 'Happy birthday', thread_id: null, reply_to_id: null });
  const at = new Date(body.send_at);
  expect([at.getHours(), at.getMinutes()]).toEqual([9, 0]);
});

test('what cannot be scheduled stays in the field, and a time can be chosen', async () => {
  const server = serverWithScheduled([]);
  server.routes[SCHEDULE] = () => refused(409, { code: 'limit_reached' });
  const screen = await showGeneral();
  await screen.getByTestId('composer').fill('Happy birthday');
  await screen.getByRole('button', { name: 'Schedule' }).click();
  await screen.getByRole('menuitem', { name: /^Choose date and time/u }).click();
  await screen.getByLabelText('Date and time').fill('2027-01-04T16:30');
  expect(await accessibilityFindings({ wholePage: true })).toEqual([]);
  await screen.getByRole('button', { name: 'Schedule message' }).click();
  await expect.poll(() => server.asked.filter(({ route }) => route === SCHEDULE).length).toBe(1);
  await expect.element(screen.getByTestId('composer')).toHaveValue('Happy birthday');
  expect(server.asked.filter(({ route }) => route === POST)).toEqual([]);
  const { send_at } = server.asked.find(({ route }) => route === SCHEDULE)?.body as ScheduledMessage;
  expect(fieldTime(new Date(send_at))).toBe('2027-01-04T16:30');
});

test('what is scheduled is listed, changed, and gone where another device took it back', async () => {
  const server = serverWithScheduled([scheduledOf({ refusal: 'You may not write there.' })]);
  const screen = await showGeneral({}, '?panel=scheduled');
  const panel = screen.getByRole('complementary', { name: 'Scheduled messages' });
  await expect.element(panel.getByText('Not sent. You may not write there.')).toBeVisible();
  server.routes['PATCH /api/v1/me/scheduled/s1'] = () =>
    ok<ScheduledMessage>(scheduledOf({ text: 'All the best' }));
  await panel.getByRole('button', { name: 'Change' }).click();
  await screen.getByRole('textbox', { name: 'Message', exact: true }).fill('All the best');
  await screen.getByRole('button', { name: 'Save' }).click();
  await expect.element(panel.getByText('All the best')).toBeVisible();
  await expect.element(panel.getByText(/^Not sent/u)).not.toBeInTheDocument();

  const other = scheduledOf({ id: 's2', text: 'From the phone' });
  applyEvent(screen.client, { type: 'scheduled_changed', payload: { id: 's2', scheduled: other } }, 'ada');
  await expect.element(panel.getByText('From the phone')).toBeVisible();
  applyEvent(screen.client, { type: 'scheduled_changed', payload: { id: 's1', scheduled: null } }, 'ada');
  await expect.element(panel.getByText('All the best')).not.toBeInTheDocument();
});

test('one is sent at once, another is deleted', async () => {
  const server = serverWithScheduled([scheduledOf(), scheduledOf({ id: 's2', text: 'Never mind' })]);
  server.routes['DELETE /api/v1/me/scheduled/*'] = nothing;
  server.routes[POST] = () => ok<Message>(messageOf('m2', { text: 'Happy birthday' }));
  const screen = await showGeneral({}, '?panel=scheduled');
  const panel = screen.getByRole('complementary', { name: 'Scheduled messages' });
  await panel.getByRole('button', { name: 'Send now' }).first().click();
  await expect.element(panel.getByText('Happy birthday')).not.toBeInTheDocument();
  expect(server.asked.find(({ route }) => route === POST)?.body).toMatchObject({ nonce: 's1' });
  await panel.getByRole('button', { name: 'Delete' }).click();
  await expect.element(panel.getByText('Nothing is scheduled')).toBeVisible();
  const asked = server.asked.map(({ route }) => route);
  expect(asked).toContain('DELETE /api/v1/me/scheduled/s1');
  expect(asked).toContain('DELETE /api/v1/me/scheduled/s2');
});

test('in German', async () => {
  serverWithScheduled([scheduledOf()]);
  await showLanguage('de');
  const screen = await showGeneral({}, '?panel=scheduled');
  const panel = screen.getByRole('complementary', { name: 'Geplante Nachrichten' });
  await expect.element(panel.getByRole('button', { name: 'Jetzt senden' })).toBeVisible();
});

test.each(LOOKS.filter(({ width, direction }) => (width === 390 || width === 1280) && direction === 'ltr'))(
  'the list and the menu at $width×$height $theme $direction',
  { timeout: 60_000 },
  async (look) => {
    serverWithScheduled([scheduledOf({ text: 'W'.repeat(200) })]);
    const screen = await showGeneral(look, '?panel=scheduled');
    await expect.element(screen.getByText(/^W+$/u)).toBeVisible();
    expect(overflowing()).toEqual([]);
    expect(await accessibilityFindings({ wholePage: true })).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await screen.getByTestId('composer').fill('Later');
    await screen.getByRole('button', { name: 'Schedule' }).click();
    await expect.element(screen.getByRole('menuitem', { name: /^In an hour/u })).toBeVisible();
    expect(overflowing()).toEqual([]);
  },
);
