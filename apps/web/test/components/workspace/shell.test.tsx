import { ownCommunities } from '@parley/contract';
import type { Community, Invite, OwnAccount, OwnSessions } from '@parley/contract';
import { afterEach, expect, test } from 'vitest';
import { Finding } from '../../../src/finding/finding.js';
import { showLanguage } from '../../../src/texts/language.js';
import { Gate } from '../../../src/workspace/gate.js';
import { Shell } from '../../../src/workspace/shell.js';
import { channelOf, communityOf } from '../../workspace-fixtures.js';
import {
  ADA,
  fakeServer,
  nothing,
  NOT_SIGNED_IN,
  ok,
  refused,
  SET_UP,
  type FakeServer,
} from '../support/fake-server.js';
import { accessibilityFindings, overflowing } from '../support/findings.js';
import { LOOKS } from '../support/show.js';
import { showWorkspace } from '../support/show-workspace.js';

const WORKSPACE = <Gate guests>{(me) => <Shell me={me} />}</Gate>;
/** With the windows that are opened from anywhere. */
const WITH_WINDOWS = (
  <Gate guests>
    {(me) => (
      <>
        <Finding me={me} />
        <Shell me={me} />
      </>
    )}
  </Gate>
);
const PHONE = { width: 390, height: 844 };
const KITCHEN = communityOf('kitchen', {
  name: 'Kitchen',
  channels: [
    channelOf('general', { topic: 'What everybody should know' }),
    channelOf('secrets', { position: 1, private: true }),
  ],
});

const INVITE: Invite = {
  code: 'a-code',
  community: { id: 'kitchen', name: 'Kitchen' },
  expires_at: null,
};

afterEach(async () => {
  await showLanguage('en');
  localStorage.clear();
});

function serverWith(communities: Community[], me: OwnAccount = ADA): FakeServer {
  const server = fakeServer({
    'GET /api/v1/me': () => ok<OwnAccount>(me),
    'GET /api/v1/setup': SET_UP,
    'GET /api/v1/communities': () => ({ status: 200, body: ownCommunities.parse({ communities }) }),
  });
  for (const community of communities) {
    server.routes[`GET /api/v1/communities/${community.id}`] = () => ok<Community>(community);
  }
  return server;
}

test('who comes in sees the first channel of the first community', async () => {
  serverWith([KITCHEN]);
  const screen = await showWorkspace(WORKSPACE);
  await expect.element(screen.getByRole('heading', { level: 1, name: 'general' })).toBeVisible();
  expect(screen.address()).toBe('/c/kitchen/general');
  await expect.element(screen.getByRole('link', { name: 'general' })).toHaveAttribute('aria-current', 'page');
  await screen.getByRole('link', { name: 'Private secrets' }).click();
  await expect.element(screen.getByRole('heading', { level: 1, name: 'secrets' })).toBeVisible();
  expect(screen.address()).toBe('/c/kitchen/secrets');
});

test('a phone shows the list, then the channel, and goes back', async () => {
  serverWith([KITCHEN]);
  const screen = await showWorkspace(WORKSPACE, PHONE);
  await screen.getByRole('link', { name: 'general' }).click();
  const heading = screen.getByRole('heading', { level: 1, name: 'general' });
  await expect.element(heading).toHaveFocus();
  await expect.element(screen.getByRole('link', { name: 'general' })).not.toBeInTheDocument();
  await screen.getByRole('link', { name: 'Back to the channels' }).click();
  await expect.element(screen.getByRole('link', { name: 'general' })).toBeVisible();
});

test('between communities one goes by their signs', async () => {
  serverWith([KITCHEN, communityOf('garden', { channels: [channelOf('beds', { community_id: 'garden' })] })]);
  const screen = await showWorkspace(WORKSPACE);
  await screen.getByRole('link', { name: 'garden' }).click();
  await expect.element(screen.getByRole('heading', { level: 1, name: 'beds' })).toBeVisible();
});

test.each([
  ['/c/kitchen/gone', 'This channel is not here'],
  ['/c/gone', 'This community is not here'],
  ['/c/empty', 'No channels yet'],
])('%s says so', async (address, title) => {
  serverWith([KITCHEN, communityOf('empty')]);
  const screen = await showWorkspace(WORKSPACE, {}, address);
  await expect.element(screen.getByRole('heading', { name: title })).toBeVisible();
});

test('who is in no community is told how to come into one, and can sign out', async () => {
  const server = serverWith([]);
  server.routes['DELETE /api/v1/session'] = () => {
    server.routes['GET /api/v1/me'] = NOT_SIGNED_IN;
    return nothing();
  };
  const screen = await showWorkspace(WORKSPACE, PHONE);
  await expect.element(screen.getByRole('heading', { name: 'You are in no community' })).toBeVisible();
  await screen.getByTestId('user-panel').click();
  await screen.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect.element(screen.getByRole('heading', { name: /^Sign in to/u })).toBeVisible();
});

test('who may invites people by a link for a time and a number of uses', async () => {
  const server = serverWith([KITCHEN]);
  server.routes['POST /api/v1/invites'] = () => ok<Invite>(INVITE);
  const screen = await showWorkspace(WORKSPACE);
  await screen.getByRole('button', { name: 'Invite people' }).first().click();
  await screen.getByRole('combobox', { name: 'How often the link works' }).click();
  await screen.getByRole('option', { name: '10 people' }).click();
  await screen.getByRole('button', { name: 'Make a link' }).click();
  await expect.element(screen.getByTestId('invite-link')).toHaveValue(`${location.origin}/invite/a-code`);
  await expect.element(screen.getByRole('button', { name: 'Copy' })).toHaveFocus();
  expect(server.asked.at(-1)?.body).toEqual({
    community_id: 'kitchen',
    expires_in: 7 * 24 * 3600,
    most_uses: 10,
  });
  // Another wish needs another link.
  await screen.getByRole('combobox', { name: 'How long the link works' }).click();
  await screen.getByRole('option', { name: 'Never expires' }).click();
  await expect.element(screen.getByTestId('invite-link')).not.toBeInTheDocument();
});

test('who may not invite is not asked to', async () => {
  serverWith([{ ...KITCHEN, permissions: [] }]);
  const screen = await showWorkspace(WORKSPACE);
  await expect.element(screen.getByRole('heading', { level: 1, name: 'general' })).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Invite people' })).not.toBeInTheDocument();
});

const SESSION = {
  address: '192.0.2.1',
  created_at: '2026-01-01T00:00:00.000Z',
  seen_at: new Date().toISOString(),
};
const SESSIONS: OwnSessions['sessions'] = [
  { ...SESSION, id: 'this-one', current: true, user_agent: 'X11; Linux x86_64 Firefox/140.0' },
  { ...SESSION, id: 'phone', current: false, user_agent: 'iPhone Version/18.0 Safari/604.1' },
];

test('other sessions are ended in the settings', async () => {
  const server = serverWith([KITCHEN]);
  let sessions = SESSIONS;
  server.routes['GET /api/v1/sessions'] = () => ok<OwnSessions>({ sessions });
  server.routes['DELETE /api/v1/sessions/phone'] = () => {
    sessions = sessions.filter(({ id }) => id !== 'phone');
    return nothing();
  };
  const screen = await showWorkspace(WITH_WINDOWS);
  await screen.getByTestId('user-panel').click();
  await screen.getByRole('menuitem', { name: 'Settings' }).click();
  await screen.getByRole('tab', { name: 'Devices' }).click();
  await expect
    .element(screen.getByTestId('session').first())
    .toHaveTextContent('Firefox on LinuxThis device');
  await screen.getByRole('button', { name: 'End the session on Safari on iOS' }).click();
  await expect.poll(() => screen.getByTestId('session').elements().length).toBe(1);
});

test('a password is changed in the settings; a wrong one is said at its field', async () => {
  const server = serverWith([KITCHEN]);
  server.routes['POST /api/v1/me/password'] = () =>
    refused(401, { code: 'wrong_credentials', field: 'current_password' });
  const screen = await showWorkspace(WITH_WINDOWS);
  await screen.getByTestId('user-panel').click();
  await screen.getByRole('menuitem', { name: 'Settings' }).click();
  await screen.getByRole('tab', { name: 'Password' }).click();
  const current = screen.getByLabelText('Current password', { exact: true });
  await current.fill('not this one');
  await screen.getByLabelText('New password', { exact: true }).fill('a longer way home');
  await screen.getByRole('button', { name: 'Change password' }).click();
  await expect.element(current).toHaveAccessibleDescription('This is not your current password.');
  server.routes['POST /api/v1/me/password'] = nothing;
  await screen.getByRole('button', { name: 'Change password' }).click();
  await expect.element(current).toHaveValue('');
  await expect.element(screen.getByTestId('notices')).toHaveTextContent('Your password was changed.');
});

const LONG = 'Wolfeschlegelsteinhausenbergerdorff-عبد-الرحمن-بن-محمد-الأندلسي';
const CROWDED = communityOf('crowded', {
  name: `${LONG} ${LONG}`,
  channels: [
    channelOf('long', { name: LONG, topic: `${LONG} `.repeat(4), community_id: 'crowded' }),
    channelOf('category', { kind: 'category', name: LONG, position: 1 }),
    ...Array.from({ length: 15 }, (_, i) =>
      channelOf(`c${i}`, {
        name: i % 2 ? `قناة-${i}` : `channel-${i}`,
        position: i + 2,
        category_id: 'category',
      }),
    ),
  ],
});

const SOME_LOOKS = LOOKS.filter(({ width }) => width === 320 || width === 640 || width === 1280);
// Looking for what hinders people takes seconds each time on a slow machine.
const PATIENCE = { timeout: 60_000 };

async function expectSound(): Promise<void> {
  expect(overflowing()).toEqual([]);
  expect(await accessibilityFindings({ wholePage: true })).toEqual([]);
}

function crowdedServer(): void {
  const server = serverWith([CROWDED, KITCHEN], { ...ADA, user_name: LONG.slice(0, 32) });
  server.routes['GET /api/v1/sessions'] = () => ok<OwnSessions>({ sessions: SESSIONS });
  server.routes['POST /api/v1/invites'] = () => ok<Invite>({ ...INVITE, code: 'a'.repeat(40) });
}

test.each(SOME_LOOKS)('the workspace at $width×$height $theme $direction', PATIENCE, async (look) => {
  crowdedServer();
  const screen = await showWorkspace(WORKSPACE, look, '/c/crowded/long');
  await expect.element(screen.getByRole('heading', { level: 1 })).toBeVisible();
  await expectSound();
  if (look.width <= 760) {
    await screen.getByRole('link', { name: 'Back to the channels' }).click();
    await expect.element(screen.getByTestId('user-panel')).toBeVisible();
    await expectSound();
  }
});

test.each(SOME_LOOKS)('its windows at $width×$height $theme $direction', PATIENCE, async (look) => {
  crowdedServer();
  const screen = await showWorkspace(WITH_WINDOWS, look, '/c/crowded');
  await screen.getByRole('button', { name: 'Invite people' }).first().click();
  await screen.getByRole('button', { name: 'Make a link' }).click();
  await expect.element(screen.getByTestId('invite-link')).toBeVisible();
  await expectSound();
  await screen.getByRole('button', { name: 'Close' }).click();
  await screen.getByTestId('user-panel').click();
  await screen.getByRole('menuitem', { name: 'Settings' }).click();
  for (const tab of ['Devices', 'Password', 'Appearance']) {
    await screen.getByRole('tab', { name: tab }).click();
    await expect.element(screen.getByRole('tabpanel', { name: tab })).toBeVisible();
    await expectSound();
  }
});
