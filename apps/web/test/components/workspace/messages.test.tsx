import type { Message, MessagePage } from '@parley/contract';
import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { applyEvent } from '../../../src/messages/apply-event.js';
import { showLanguage } from '../../../src/texts/language.js';
import { Gate } from '../../../src/workspace/gate.js';
import { Shell } from '../../../src/workspace/shell.js';
import { messageOf } from '../../messages-fixtures.js';
import { nothing, ok, refused } from '../support/fake-server.js';
import { BOB, LIST, POST, serverWith } from '../support/messages-server.js';
import { accessibilityFindings, overflowing } from '../support/findings.js';
import { LOOKS, type Look } from '../support/show.js';
import { showWorkspace } from '../support/show-workspace.js';

afterEach(async () => {
  await showLanguage('en');
  localStorage.clear();
});

const showGeneral = (look: Partial<Look> = {}) =>
  showWorkspace(<Gate guests>{(me) => <Shell me={me} />}</Gate>, look, '/c/kitchen/general');

test('what one sends is there once, whether the event or the answer comes first', async () => {
  const server = serverWith([messageOf('m1', { text: 'Soup is **ready**', author: BOB })]);
  const screen = await showGeneral();
  const list = screen.getByRole('log', { name: /^Messages in/u });
  await expect.element(list.getByText('ready')).toBeVisible();
  server.routes[POST] = (body) => {
    const { nonce } = body as { nonce: string };
    applyEvent(
      screen.client,
      { type: 'message_created', payload: { message: messageOf('m2', { text: 'Coming' }), nonce } },
      'ada',
    );
    return ok<Message>(messageOf('m2', { text: 'Coming' }));
  };
  await screen.getByTestId('composer').fill('Coming');
  await screen.getByRole('button', { name: 'Send' }).click();
  await expect.element(list.getByText('Coming')).toBeVisible();
  await expect.poll(() => screen.getByTestId('message').elements().length).toBe(2);
  await expect.element(screen.getByTestId('composer')).toHaveValue('');
});

test('what does not get through says why, and is sent again with its nonce or deleted', async () => {
  const server = serverWith([]);
  server.routes[POST] = () => refused(429, { code: 'slow_mode' }, { 'retry-after': '8' });
  const screen = await showGeneral();
  await screen.getByTestId('composer').fill('Hello');
  await screen.getByRole('button', { name: 'Send' }).click();
  await expect.element(screen.getByText(/Try again in 8 seconds/u)).toBeVisible();
  server.routes[POST] = () => ok<Message>(messageOf('m1', { text: 'Hello' }));
  await screen.getByRole('button', { name: 'Try again' }).click();
  await expect.element(screen.getByText(/^Not sent/u)).not.toBeInTheDocument();
  const nonces = server.asked.filter(({ route }) => route === POST).map(({ body }) => JSON.stringify(body));
  expect(nonces).toHaveLength(2);
  expect(nonces[1]).toBe(nonces[0]);
});

test('what is written is kept, and too much is not sent', async () => {
  serverWith([]);
  const screen = await showGeneral();
  await screen.getByTestId('composer').fill('a'.repeat(4001));
  await expect.element(screen.getByText('1 character too many')).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Send' })).toBeDisabled();
  await screen.getByRole('link', { name: 'news' }).click();
  await expect.element(screen.getByText('You may read here, and not write.')).toBeVisible();
  await screen.getByRole('link', { name: 'general' }).click();
  await expect.element(screen.getByTestId('composer')).toHaveValue('a'.repeat(4001));
});

test('older messages are loaded above, and the place is kept', async () => {
  const many = (from: number) =>
    Array.from({ length: 50 }, (_, i) => messageOf(`m${from + i}`, { text: `Number ${from + i}` }));
  const server = serverWith([]);
  server.routes = {
    'GET /api/v1/channels/general/messages?limit=50&before=m150': () =>
      ok<MessagePage>({ messages: many(100), older: false, newer: true }),
    ...server.routes,
    [LIST]: () => ok<MessagePage>({ messages: many(150), older: true, newer: false }),
  };
  const screen = await showGeneral();
  await expect.element(screen.getByText('Number 199')).toBeInViewport();
  const list = screen.getByTestId('messages').element();
  list.scrollTop = -list.scrollHeight;
  await expect.element(screen.getByText('Number 100')).toBeInTheDocument();
  await expect.element(screen.getByText('Number 100')).not.toBeInViewport();
  const reading = screen.getByText('Number 150').element().getBoundingClientRect().top;
  applyEvent(
    screen.client,
    { type: 'message_created', payload: { message: messageOf('m200', { author: BOB }), nonce: 'n' } },
    'ada',
  );
  await expect.element(screen.getByText('m200')).toBeInTheDocument();
  const now = screen.getByText('Number 150').element().getBoundingClientRect().top;
  expect(Math.abs(now - reading)).toBeLessThan(2);
  await screen.getByRole('button', { name: 'Jump to present' }).click();
  await expect.element(screen.getByText('m200')).toBeInViewport();
});

test('what happens elsewhere is seen: changed, deleted, new in another channel', async () => {
  serverWith([messageOf('m1', { author: BOB }), messageOf('m2', { author: BOB })]);
  const screen = await showGeneral();
  await expect.element(screen.getByText('m2')).toBeVisible();
  const inPlace = { channel_id: 'general', thread_id: null };
  const mentions = { people: [{ id: 'ada', name: 'ada' }], role_ids: [], everyone: null };
  const edited = { ...inPlace, id: 'm1', text: 'Other words', edited_at: '2026-11-29T13:00:00Z', mentions };
  applyEvent(screen.client, { type: 'message_edited', payload: edited }, 'ada');
  applyEvent(screen.client, { type: 'message_deleted', payload: { ...inPlace, id: 'm2' } }, 'ada');
  await expect.element(screen.getByText('Other words')).toBeVisible();
  await expect.element(screen.getByText('(edited)')).toBeVisible();
  await expect.element(screen.getByText('m2')).not.toBeInTheDocument();
  const message = messageOf('m3', { channel_id: 'news', author: BOB, mentions });
  applyEvent(screen.client, { type: 'message_created', payload: { message, nonce: 'n' } }, 'ada');
  await expect.element(screen.getByRole('link', { name: 'news 1 new, 1 mention' })).toBeVisible();
});

const LONG = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(4);
const CROWDED = [
  messageOf('m1', { text: `# ${LONG}\n> ${LONG}\n\n- one\n- **two**\n\n1. three`, author: BOB }),
  messageOf('m2', { text: `\`\`\`\nconst answer = "${LONG}";\n\`\`\`\n\`inline\` ||secret||`, author: BOB }),
  messageOf('m3', {
    text: 'صباح الخير، هل الحساء جاهز؟ https://soup.example/today',
    reply_to: {
      id: 'm1',
      channel_id: 'general',
      author: { id: 'x', name: LONG },
      text: LONG,
      files: 0,
      deleted: false,
      mentions: { people: [], role_ids: [] },
    },
    author: { id: 'rtl', name: 'عبد الرحمن بن محمد الأندلسي' },
    reactions: [
      { emoji: '👍', count: 2, mine: true },
      { emoji: '🎉', count: 12, mine: false },
    ],
  }),
  messageOf('m4', { text: 'Mine', edited_at: '2026-11-29T13:00:00Z', created_at: '2026-11-29T12:30:00Z' }),
];

const SOME_LOOKS = LOOKS.filter(({ width }) => width === 320 || width === 1280);

test.each(SOME_LOOKS)('messages at $width×$height $theme $direction', { timeout: 60_000 }, async (look) => {
  serverWith(CROWDED);
  const screen = await showGeneral(look);
  await expect.element(screen.getByText('Mine')).toBeVisible();
  expect(overflowing()).toEqual([]);
  expect(await accessibilityFindings({ wholePage: true })).toEqual([]);
});

test('a message is changed and reacted to, in German', async () => {
  const server = serverWith([messageOf('m1', { text: 'Suppe' })]);
  server.routes['PATCH /api/v1/channels/general/messages/m1'] = () =>
    ok<Message>(messageOf('m1', { text: 'Suppe um zwölf', edited_at: '2026-11-29T13:00:00Z' }));
  server.routes['PUT /api/v1/channels/general/messages/m1/reactions/*'] = nothing;
  await showLanguage('de');
  const screen = await showGeneral();
  await screen.getByRole('button', { name: 'Mehr' }).click();
  await screen.getByRole('menuitem', { name: 'Mit 👍 reagieren' }).click();
  await expect
    .element(screen.getByRole('button', { name: '👍, 1 Person' }))
    .toHaveAttribute('aria-pressed', 'true');
  await screen.getByRole('button', { name: 'Mehr' }).click();
  await screen.getByRole('menuitem', { name: 'Bearbeiten' }).click();
  await screen.getByTestId('edit').fill('Suppe um zwölf');
  await screen.getByRole('button', { name: 'Speichern' }).click();
  await expect.element(screen.getByText('(bearbeitet)')).toBeVisible();
  await expect.element(screen.getByTestId('composer')).toHaveFocus();
});

test('arrows lead from message to message, and letters do what its menu does', async () => {
  const { asked, routes } = serverWith([messageOf('m1', { text: 'One' }), messageOf('m2', { text: 'Two' })]);
  routes['PUT /api/v1/channels/general/messages/m1/saved'] = nothing;
  const screen = await showGeneral();
  await expect.element(screen.getByText('Two')).toBeVisible();
  screen.getByTestId('messages').element().focus();
  await userEvent.keyboard('{ArrowUp}{ArrowUp}');
  await expect.element(screen.getByTestId('message').first()).toHaveFocus();
  await userEvent.keyboard('s');
  await expect
    .poll(() => asked.map(({ route }) => route))
    .toContain('PUT /api/v1/channels/general/messages/m1/saved');
  await userEvent.keyboard('{ArrowDown}e');
  await expect.element(screen.getByTestId('edit')).toHaveValue('Two');
});
