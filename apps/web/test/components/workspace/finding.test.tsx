import type { Conversation, Start } from '@parley/contract';
import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { Finding } from '../../../src/finding/finding.js';
import { FindButton } from '../../../src/finding/find-button.js';
import { showLanguage } from '../../../src/texts/language.js';
import { channelOf, communityOf } from '../../workspace-fixtures.js';
import { ADA, fakeServer, nothing, ok, type FakeServer } from '../support/fake-server.js';
import { fakeCall } from '../support/fake-call.js';
import { accessibilityFindings, overflowing } from '../support/findings.js';
import { LOOKS } from '../support/show.js';
import { showWorkspace } from '../support/show-workspace.js';

const person = (id: string, display_name: string | null = null) => ({
  ...{ id, user_name: id, display_name, avatar: null, status: null },
});
const LONG = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(3);
const UNREAD = { last_read_id: null, unread: 3, mentions: 1 };
const START: Start = {
  me: {
    ...person('ada'),
    ...{ direct_messages_from: 'members' as const, pronouns: null, about: null },
    availability: 'available',
  },
  communities: [
    communityOf('kitchen', {
      name: 'Kitchen',
      channels: [
        channelOf('general'),
        channelOf('soups', { position: 1 }),
        channelOf('news', { position: 2 }),
        channelOf('radio', { kind: 'voice', position: 3, name: LONG }),
      ],
    }),
  ],
  conversations: [
    {
      id: 'talk',
      kind: 'direct',
      name: '',
      members: [person('ada'), person('bob', 'عبد الرحمن')],
      last_id: 'talk',
      permissions: [],
    },
  ],
  relations: { friends: [person('kim')], incoming: [], outgoing: [], blocked: [] },
  unread: [],
};

afterEach(async () => {
  await showLanguage('en');
  localStorage.clear();
});

function server(): FakeServer {
  return fakeServer({
    'GET /api/v1/start': () => ok<Start>(START),
    'GET /api/v1/me/unread': () => ok<object>({ channels: [{ channel_id: 'soups', ...UNREAD }] }),
    'GET /api/v1/communities/kitchen/members*': () => ok<object>({ members: [], next: null }),
    'POST /api/v1/me/read': nothing,
    'POST /api/v1/conversations/direct': () =>
      ok<Conversation>({ id: 'new', kind: 'direct', name: '', members: [], last_id: 'new', permissions: [] }),
  });
}

const showFinding = (look = {}) =>
  showWorkspace(
    fakeCall().wrap(
      <main>
        <Finding me={ADA} />
        <FindButton />
        <textarea data-testid="composer" aria-label="Message" />
      </main>,
    ),
    look,
    '/c/kitchen/general',
  );

test('one types where to go, with the keyboard alone', async () => {
  server();
  const screen = await showFinding();
  await userEvent.keyboard('{Control>}k{/Control}');
  const field = screen.getByRole('combobox');
  await expect.element(field).toHaveFocus();
  // What calls one is the first to be offered.
  await expect.element(screen.getByRole('option', { selected: true })).toHaveTextContent('soups');
  await userEvent.keyboard('new');
  await expect.element(screen.getByRole('option', { selected: true })).toHaveTextContent('news');
  await userEvent.keyboard('{Enter}');
  await expect.element(field).not.toBeInTheDocument();
  await expect.poll(screen.address).toBe('/c/kitchen/news');
});

test('arrows choose, Escape closes and gives the focus back', async () => {
  server();
  const screen = await showFinding();
  await screen.getByRole('button', { name: /^Find/u }).click();
  await screen.getByRole('combobox').fill('e');
  const selected = () => screen.getByRole('option', { selected: true }).element().id;
  const first = selected();
  await userEvent.keyboard('{ArrowDown}');
  await expect.poll(selected).not.toBe(first);
  await expect.element(screen.getByRole('combobox')).toHaveAttribute('aria-activedescendant', selected());
  await userEvent.keyboard('{ArrowUp}');
  await expect.poll(selected).toBe(first);
  await userEvent.keyboard('{Escape}');
  await expect.element(screen.getByRole('combobox')).not.toBeInTheDocument();
  await expect.element(screen.getByRole('button', { name: /^Find/u })).toHaveFocus();
});

test('a person with whom one has not talked yet is written to', async () => {
  const { asked } = server();
  const screen = await showFinding();
  await userEvent.keyboard('{Control>}k{/Control}');
  await screen.getByRole('combobox').fill('@kim');
  await screen.getByRole('option', { name: 'kim' }).click();
  await expect.poll(screen.address).toBe('/d/new');
  expect(asked).toContainEqual({ route: 'POST /api/v1/conversations/direct', body: { user_id: 'kim' } });
});

test('keys lead from channel to channel and to what is new, and mark it as read', async () => {
  const { asked } = server();
  const screen = await showFinding();
  await expect.element(screen.getByTestId('composer')).toBeVisible();
  await screen.getByTestId('composer').click();
  // Once it is known where one can go.
  await expect
    .poll(async () => {
      await userEvent.keyboard('{Alt>}{Shift>}{ArrowDown}{/Shift}{/Alt}');
      return screen.address();
    })
    .toBe('/c/kitchen/soups');
  await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
  await expect.poll(screen.address).toBe('/c/kitchen/general');
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
  await expect.poll(screen.address).toBe('/c/kitchen/soups');
  await userEvent.keyboard('{Escape}');
  const read = (channel_id: string | null) => ({
    route: 'POST /api/v1/me/read',
    body: { community_id: null, channel_id },
  });
  await expect.poll(() => asked).toContainEqual(read('soups'));
  await userEvent.keyboard('{Shift>}{Escape}{/Shift}');
  await expect.poll(() => asked).toContainEqual(read(null));
});

test('? lists every key, unless one is typing', async () => {
  server();
  await showLanguage('de');
  const screen = await showFinding();
  await screen.getByTestId('composer').click();
  await userEvent.keyboard('?');
  await expect.element(screen.getByTestId('composer')).toHaveValue('?');
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
  await userEvent.keyboard('{Control>}/{/Control}');
  await expect.element(screen.getByRole('dialog', { name: 'Tastenkürzel' })).toBeVisible();
  await expect.element(screen.getByText('Strg').first()).toBeVisible();
});

const SOME_LOOKS = LOOKS.filter(({ width }) => width === 320 || width === 1280);

test.each(SOME_LOOKS)(
  'the switcher at $width×$height $theme $direction',
  { timeout: 60_000 },
  async (look) => {
    server();
    const screen = await showFinding(look);
    await userEvent.keyboard('{Control>}k{/Control}');
    await expect.element(screen.getByRole('option').first()).toBeVisible();
    expect(overflowing()).toEqual([]);
    expect(await accessibilityFindings({ wholePage: true })).toEqual([]);
    await screen.getByRole('combobox').fill('wolfsch');
    await expect.element(screen.getByRole('option').first()).toBeVisible();
    expect(overflowing()).toEqual([]);
  },
);
