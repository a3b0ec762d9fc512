import { ownCommunities } from '@parley/contract';
import type { Channel, Community, MessagePage, OwnAccount, UnreadChannel } from '@parley/contract';
import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { Gate } from '../../../src/workspace/gate.js';
import { Shell } from '../../../src/workspace/shell.js';
import { channelOf, communityOf } from '../../workspace-fixtures.js';
import { ADA, fakeServer, nothing, ok, refused, SET_UP, type FakeServer } from '../support/fake-server.js';
import { accessibilityFindings, overflowing } from '../support/findings.js';
import { showWorkspace } from '../support/show-workspace.js';

const WORKSPACE = <Gate guests>{(me) => <Shell me={me} />}</Gate>;
const MANAGES = ['view_channel', 'manage_channel', 'manage_channel_permissions'];
const KITCHEN = communityOf('kitchen', {
  name: 'Kitchen',
  permissions: ['create_invites', 'create_channels', 'manage_community'],
  owner_id: 'somebody',
  channels: [
    channelOf('general', { permissions: MANAGES }),
    channelOf('random', { position: 1, permissions: MANAGES }),
    channelOf('projects', { kind: 'category', position: 2, permissions: MANAGES }),
    channelOf('apollo', { position: 3, category_id: 'projects', permissions: MANAGES }),
  ],
});
// Looking for what hinders people takes seconds each time on a slow machine.
const PATIENCE = { timeout: 60_000 };

afterEach(() => localStorage.clear());

/** A server on which `me` is in these communities. What the page is told of them follows `communities`. */
function serverWith(
  communities: Community[],
  me: OwnAccount = { ...ADA, permissions: ['create_communities'] },
): FakeServer {
  const server = fakeServer({
    'GET /api/v1/me': () => ok<OwnAccount>(me),
    'GET /api/v1/setup': SET_UP,
    'GET /api/v1/communities': () => ({ status: 200, body: ownCommunities.parse({ communities }) }),
    'GET /api/v1/me/unread': () => ok<{ channels: UnreadChannel[] }>({ channels: [] }),
  });
  for (const community of communities)
    server.routes[`GET /api/v1/communities/${community.id}`] = () => ok<Community>(community);
  return server;
}

const asked = (server: FakeServer, route: string) =>
  server.asked.filter((one) => one.route === route).map(({ body }) => body);

test('a community is made, and one is in it', PATIENCE, async () => {
  const server = serverWith([KITCHEN]);
  const made = communityOf('garden', { channels: [channelOf('beds', { community_id: 'garden' })] });
  server.routes['POST /api/v1/communities'] = () => {
    serverWith([KITCHEN, made]);
    return ok<Community>(made);
  };
  const screen = await showWorkspace(WORKSPACE);
  await screen.getByRole('button', { name: 'Make or join a community' }).click();
  await expect.element(screen.getByRole('dialog')).toBeVisible();
  expect(await accessibilityFindings({ wholePage: true })).toEqual([]);
  await screen.getByRole('button', { name: 'Make the community' }).click();
  await expect
    .element(screen.getByLabelText('Name', { exact: true }))
    .toHaveAccessibleDescription('Enter a name.');
  await screen.getByLabelText('Name', { exact: true }).fill('Garden');
  await screen.getByRole('button', { name: 'Make the community' }).click();
  await expect.element(screen.getByRole('heading', { level: 1, name: 'beds' })).toBeVisible();
  expect(asked(server, 'POST /api/v1/communities')).toEqual([{ name: 'Garden', description: '' }]);
});

test('who may make none joins by a link, and is told of one that does not work', async () => {
  serverWith([KITCHEN], ADA);
  const screen = await showWorkspace(WORKSPACE);
  await screen.getByRole('button', { name: 'Make or join a community' }).click();
  await expect.element(screen.getByRole('tab')).not.toBeInTheDocument();
  const link = screen.getByLabelText('Invite link');
  await link.fill('https://elsewhere.example/invite/AbC-012_xyzQWERT');
  await screen.getByRole('button', { name: 'Open the invitation' }).click();
  await expect.element(link).toHaveAccessibleDescription(/leads to another server/u);
  await link.fill(`${location.origin}/invite/AbC-012_xyzQWERT`);
  await screen.getByRole('button', { name: 'Open the invitation' }).click();
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
});

test('a channel is created in a category', PATIENCE, async () => {
  const server = serverWith([KITCHEN]);
  server.routes['POST /api/v1/communities/kitchen/channels'] = () =>
    ok<Channel>(channelOf('gemini', { category_id: 'projects' }));
  const screen = await showWorkspace(WORKSPACE, { width: 390, height: 844 });
  await screen.getByRole('button', { name: /^Menu of .projects/u }).click();
  await screen.getByRole('menuitem', { name: 'Create a channel' }).click();
  await screen.getByRole('radio', { name: 'Voice' }).click();
  await screen.getByLabelText('Name', { exact: true }).fill('gemini');
  await screen.getByRole('switch', { name: 'Private' }).click();
  expect(overflowing()).toEqual([]);
  expect(await accessibilityFindings({ wholePage: true })).toEqual([]);
  await screen.getByRole('button', { name: 'Create', exact: true }).click();
  await expect.poll(() => screen.address()).toBe('/c/kitchen/gemini');
  expect(asked(server, 'POST /api/v1/communities/kitchen/channels')).toEqual([
    { kind: 'voice', name: 'gemini', topic: '', category_id: 'projects', private: true },
  ]);
});

test('a channel is changed; what the server does not accept is said', async () => {
  const server = serverWith([KITCHEN]);
  server.routes['PATCH /api/v1/channels/general'] = () =>
    refused(400, { code: 'invalid_request', field: 'name' });
  const screen = await showWorkspace(WORKSPACE);
  await screen.getByRole('button', { name: /^Menu of .general/u }).click();
  await screen.getByRole('menuitem', { name: 'Edit the channel' }).click();
  const name = screen.getByLabelText('Name', { exact: true });
  await name.fill('lobby');
  await screen.getByRole('combobox', { name: /^Slow mode/u }).click();
  await screen.getByRole('option', { name: 'One message in 30 seconds' }).click();
  await screen.getByRole('button', { name: 'Save' }).click();
  await expect.element(name).toHaveAccessibleDescription(/does not accept/u);
  server.routes['PATCH /api/v1/channels/general'] = () => ok<Channel>(channelOf('general'));
  await screen.getByRole('button', { name: 'Save' }).click();
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
  expect(asked(server, 'PATCH /api/v1/channels/general').at(-1)).toEqual({
    ...{ name: 'lobby', topic: '', slow_mode: 30, archived: false },
  });
});

test('a channel in which something was written is deleted only by its name', async () => {
  const server = serverWith([KITCHEN]);
  const author = { id: 'ben', user_name: 'ben', display_name: null, avatar: null };
  const message = {
    ...{ id: 'm', channel_id: 'random', author, text: 'hello', created_at: '2026-01-01T00:00:00.000Z' },
  };
  server.routes['GET /api/v1/channels/random/messages?limit=1'] = () => ({
    status: 200,
    body: { messages: [message], older: false, newer: false },
  });
  server.routes['DELETE /api/v1/channels/random'] = nothing;
  const screen = await showWorkspace(WORKSPACE, {}, '/c/kitchen/random');
  await screen.getByRole('button', { name: /^Menu of .random/u }).click();
  await screen.getByRole('menuitem', { name: 'Delete the channel' }).click();
  await screen.getByRole('button', { name: 'Delete', exact: true }).click();
  const confirmation = screen.getByLabelText(/^Type .random. to confirm/u);
  await expect.element(confirmation).toHaveAccessibleDescription('This is not its name.');
  expect(asked(server, 'DELETE /api/v1/channels/random')).toEqual([]);
  await confirmation.fill('random');
  await screen.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect.poll(() => screen.address()).toMatch(/^\/c\/kitchen\/general/u);
});

test('an empty channel is deleted without its name', async () => {
  const server = serverWith([KITCHEN]);
  server.routes['GET /api/v1/channels/apollo/messages?limit=1'] = () =>
    ok<MessagePage>({ messages: [], older: false, newer: false });
  server.routes['DELETE /api/v1/channels/apollo'] = nothing;
  const screen = await showWorkspace(WORKSPACE);
  await screen.getByRole('button', { name: /^Menu of .apollo/u }).click();
  await screen.getByRole('menuitem', { name: 'Delete the channel' }).click();
  await expect.element(screen.getByLabelText(/to confirm/u)).not.toBeInTheDocument();
  await screen.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
});

test('channels are put in order by the keyboard and the menu, at once, and back if the server refuses', async () => {
  const server = serverWith([KITCHEN]);
  let finish: (() => void) | undefined;
  server.routes['POST /api/v1/channels/general/move'] = () => {
    finish?.();
    return refused(403, { code: 'forbidden' });
  };
  const screen = await showWorkspace(WORKSPACE);
  const names = () =>
    [...document.querySelectorAll('[data-row] a')].map((link) => link.textContent).join(' ');
  const general = screen.getByRole('link', { name: 'general' });
  await expect.element(general).toBeVisible();
  await screen.getByRole('button', { name: /^Menu of .general/u }).click();
  await expect.element(screen.getByRole('menuitem', { name: /^Move up/u })).toHaveAttribute('data-disabled');
  const answered = new Promise<void>((resolve) => (finish = resolve));
  await screen.getByRole('menuitem', { name: /^Move down/u }).click();
  await answered;
  await expect.element(screen.getByTestId('notices')).toHaveTextContent('You may not do this.');
  await expect.poll(names).toBe('general random apollo');

  // Where it stands then is what the server says from now on.
  const [first, second, ...rest] = KITCHEN.channels;
  const changed = {
    ...KITCHEN,
    channels: [{ ...second!, position: 0 }, { ...first!, position: 1 }, ...rest],
  };
  server.routes['POST /api/v1/channels/general/move'] = nothing;
  server.routes['GET /api/v1/communities/kitchen'] = () => ok<Community>(changed);
  general.element().focus();
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
  await expect.poll(names).toBe('random general apollo');
  await expect.element(general).toHaveFocus();
  await expect.element(screen.getByTestId('announcements')).toHaveTextContent(/general.* is now 2 of 2/u);
  expect(asked(server, 'POST /api/v1/channels/general/move').at(-1)).toEqual({
    ...{ category_id: null, before: null },
  });
});

test('who leaves is told what goes; the owner is told what comes first', PATIENCE, async () => {
  const server = serverWith([KITCHEN]);
  server.routes['POST /api/v1/communities/kitchen/leave'] = () => {
    serverWith([]);
    return nothing();
  };
  const screen = await showWorkspace(WORKSPACE);
  await screen.getByTestId('community-menu').click();
  await screen.getByRole('menuitem', { name: 'Leave the community' }).click();
  await expect.element(screen.getByText(/who comes back comes as anybody/u)).toBeVisible();
  expect(await accessibilityFindings({ wholePage: true })).toEqual([]);
  await screen.getByRole('button', { name: 'Leave', exact: true }).click();
  await expect.element(screen.getByRole('heading', { name: 'You are in no community' })).toBeVisible();
});

test('an owner who wants to leave is told what comes first', async () => {
  serverWith([{ ...KITCHEN, owner_id: ADA.id }]);
  const screen = await showWorkspace(WORKSPACE);
  await screen.getByTestId('community-menu').click();
  await screen.getByRole('menuitem', { name: 'Leave the community' }).click();
  await expect.element(screen.getByRole('heading', { name: /is yours/u })).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Leave', exact: true })).not.toBeInTheDocument();
});

test('who may not do a thing does not see it', async () => {
  const channels = KITCHEN.channels.map((channel) => ({ ...channel, permissions: ['view_channel'] }));
  serverWith([{ ...KITCHEN, permissions: ['view_community'], channels }], ADA);
  const screen = await showWorkspace(WORKSPACE);
  await screen.getByTestId('community-menu').click();
  await expect.element(screen.getByRole('menuitem', { name: 'Mark all as read' })).toBeVisible();
  const items = () =>
    screen
      .getByRole('menuitem')
      .elements()
      .map(({ textContent }) => textContent);
  expect(items()).toEqual(['Mark all as read', 'Leave the community']);
  await userEvent.keyboard('{Escape}');
  await screen.getByRole('button', { name: /^Menu of .general/u }).click();
  await expect.element(screen.getByRole('menuitem', { name: 'Mark as read' })).toBeVisible();
  expect(items()).toEqual(['Mark as read', 'Copy the link']);
});
