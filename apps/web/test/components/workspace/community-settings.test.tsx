import { ownCommunities } from '@parley/contract';
import type {
  BanPage,
  Community,
  CommunityInvites,
  Member,
  MemberPage,
  OwnAccount,
  Overwrites,
  Role,
} from '@parley/contract';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { Gate } from '../../../src/workspace/gate.js';
import { Shell } from '../../../src/workspace/shell.js';
import { channelOf, communityOf } from '../../workspace-fixtures.js';
import { ADA, fakeServer, nothing, ok, SET_UP, type FakeServer } from '../support/fake-server.js';
import { accessibilityFindings, overflowing } from '../support/findings.js';
import { showWorkspace } from '../support/show-workspace.js';

const WORKSPACE = <Gate guests>{(me) => <Shell me={me} />}</Gate>;
// Looking for what hinders people takes seconds each time on a slow machine.
const PATIENCE = { timeout: 60_000 };
const ALL = [
  ...['manage_community', 'manage_roles', 'assign_roles', 'view_members', 'create_invites', 'manage_invites'],
  ...[
    'view_bans',
    'ban_members',
    'kick_members',
    'time_out_members',
    'manage_nicknames',
    'pin_messages',
    'speak',
  ],
];

const roleOf = (id: string, position: number, permissions: string[] = []): Role => ({
  ...{ id, name: id, colour: position === 0 ? null : 0xad1457, icon: null, position, permissions },
});
const KITCHEN = communityOf('kitchen', {
  ...{ name: 'Kitchen', permissions: ALL, owner_id: ADA.id },
  roles: [roleOf('chief', 2, ['kick_members']), roleOf('cook', 1), roleOf('@everyone', 0, ['speak'])],
  channels: [channelOf('general', { permissions: ['view_channel', 'manage_channel_permissions', 'speak'] })],
});

const personOf = (id: string) => ({ id, user_name: id, display_name: null, avatar: null, status: null });
const memberOf = (id: string, role_ids: string[] = []): Member => ({
  person: personOf(id),
  ...{ nickname: null, role_ids, joined_at: '2026-01-01T00:00:00.000Z', timed_out_until: null },
});

function serverWith(community: Community = KITCHEN): FakeServer {
  const people = [memberOf('ada'), memberOf('ben', ['cook'])];
  return fakeServer({
    'GET /api/v1/me': () => ok<OwnAccount>(ADA),
    'GET /api/v1/setup': SET_UP,
    'GET /api/v1/communities': () => ({
      status: 200,
      body: ownCommunities.parse({ communities: [community] }),
    }),
    'GET /api/v1/communities/kitchen': () => ok<Community>(community),
    'GET /api/v1/communities/kitchen/members/ada': () => ok<Member>(memberOf('ada')),
    'GET /api/v1/communities/kitchen/members?*': () => ok<MemberPage>({ members: people, next: null }),
    'GET /api/v1/communities/kitchen/invites': () =>
      ok<CommunityInvites>({
        invites: [
          {
            ...{ code: 'AbC-012_xyzQWERT', made_by: personOf('ben'), created_at: '2026-01-01T00:00:00.000Z' },
            ...{ expires_at: null, most_uses: 10, uses: 3 },
          },
        ],
      }),
    'GET /api/v1/communities/kitchen/bans?*': () =>
      ok<BanPage>({
        bans: [
          {
            ...{ person: personOf('eve'), reason: 'spam', banned_by: 'ada' },
            ...{ banned_at: '2026-01-01T00:00:00.000Z', until: null },
          },
        ],
        next: null,
      }),
  });
}

const asked = (server: FakeServer, route: string) =>
  server.asked.filter((one) => one.route === route).map(({ body }) => body);

test(
  'a role is given a colour and a permission, found by a search; others cannot be given',
  PATIENCE,
  async () => {
    const server = serverWith();
    server.routes['PATCH /api/v1/communities/kitchen/roles/cook'] = () => ok<Role>(roleOf('cook', 1));
    const screen = await showWorkspace(WORKSPACE, {}, '/c/kitchen/settings/roles');
    await screen.getByRole('button', { name: /^cook/u }).click();
    await screen.getByRole('radio', { name: '#1e8449' }).click();
    await screen.getByLabelText('Search permissions').fill('pin');
    await screen.getByRole('switch', { name: 'Pin messages' }).click();
    await screen.getByLabelText('Search permissions').fill('camera');
    await expect.element(screen.getByRole('switch', { name: 'Use the camera' })).toBeDisabled();
    expect(await accessibilityFindings({ wholePage: true })).toEqual([]);
    await screen.getByRole('button', { name: 'Save' }).click();
    await expect.element(screen.getByTestId('notices')).toHaveTextContent('Saved');
    expect(asked(server, 'PATCH /api/v1/communities/kitchen/roles/cook')).toEqual([
      { name: 'cook', colour: 0x1e8449, permissions: ['pin_messages'] },
    ]);
  },
);

test('roles are put in order by the keyboard', async () => {
  const server = serverWith();
  server.routes['POST /api/v1/communities/kitchen/roles/cook/move'] = nothing;
  const screen = await showWorkspace(WORKSPACE, {}, '/c/kitchen/settings/roles');
  const cook = screen.getByRole('button', { name: /^cook/u });
  await expect.element(cook).toBeVisible();
  cook.element().focus();
  await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
  await expect
    .poll(() => asked(server, 'POST /api/v1/communities/kitchen/roles/cook/move'))
    .toEqual([{ above: 'chief' }]);
});

test('a member gets a role, and is banned with a reason', async () => {
  const server = serverWith();
  server.routes['PUT /api/v1/communities/kitchen/members/ben/roles/chief'] = () =>
    ok<Member>(memberOf('ben'));
  server.routes['PUT /api/v1/communities/kitchen/bans/ben'] = nothing;
  const screen = await showWorkspace(WORKSPACE, {}, '/c/kitchen/settings/members');
  await screen.getByRole('button', { name: /^What to do about .ben/u }).click();
  await screen.getByRole('menuitemcheckbox', { name: 'chief' }).click();
  await expect
    .poll(() => asked(server, 'PUT /api/v1/communities/kitchen/members/ben/roles/chief').length)
    .toBe(1);
  await screen.getByRole('menuitem', { name: 'Ban' }).click();
  await screen.getByLabelText('Reason').fill('spam');
  await screen.getByRole('button', { name: 'Ban', exact: true }).click();
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
  expect(asked(server, 'PUT /api/v1/communities/kitchen/bans/ben')).toEqual([
    { reason: 'spam', expires_in: null },
  ]);
});

test('who stands above is left alone', async () => {
  const below = ALL.filter((one) => one !== 'manage_community');
  serverWith({ ...KITCHEN, owner_id: 'ben', permissions: below });
  const screen = await showWorkspace(WORKSPACE, {}, '/c/kitchen/settings/members');
  await expect.element(screen.getByText('@ben')).toBeVisible();
  await expect
    .element(screen.getByRole('button', { name: /^What to do about .ben/u }))
    .not.toBeInTheDocument();
  await expect.element(screen.getByRole('link', { name: 'Overview' })).not.toBeInTheDocument();
});

test('invites are ended and bans lifted', async () => {
  const server = serverWith();
  server.routes['DELETE /api/v1/invites/AbC-012_xyzQWERT'] = nothing;
  server.routes['DELETE /api/v1/communities/kitchen/bans/eve'] = nothing;
  const screen = await showWorkspace(WORKSPACE, {}, '/c/kitchen/settings/invites');
  await expect.element(screen.getByText(/used 3 of 10 times/u)).toBeVisible();
  await screen.getByRole('button', { name: /^End the invite/u }).click();
  await expect.poll(() => asked(server, 'DELETE /api/v1/invites/AbC-012_xyzQWERT').length).toBe(1);
  await screen.getByRole('link', { name: 'Bans' }).click();
  await screen.getByRole('button', { name: /^Lift the ban of .eve/u }).click();
  await expect.poll(() => asked(server, 'DELETE /api/v1/communities/kitchen/bans/eve').length).toBe(1);
});

test(
  'in a channel a permission is denied to everyone; what one has not oneself is only shown',
  PATIENCE,
  async () => {
    const server = serverWith();
    server.routes['GET /api/v1/channels/general/overwrites'] = () =>
      ok<Overwrites>({ from_category: false, overwrites: [] });
    server.routes['PUT /api/v1/channels/general/overwrites/roles/@everyone'] = nothing;
    server.routes['PUT /api/v1/channels/general/overwrites/roles/%40everyone'] = nothing;
    const screen = await showWorkspace(WORKSPACE, {}, '/c/kitchen/general');
    await screen.getByRole('button', { name: /^Menu of .general/u }).click();
    await screen.getByRole('menuitem', { name: 'Permissions' }).click();
    await screen
      .getByRole('radiogroup', { name: 'Speak', exact: true })
      .getByRole('radio', { name: 'Deny' })
      .click();
    await expect
      .poll(() => server.asked.findLast(({ route }) => route.startsWith('PUT'))?.body)
      .toEqual({ allow: [], deny: ['speak'] });
    await expect.element(screen.getByRole('radiogroup', { name: 'Use the camera' })).not.toBeInTheDocument();
    expect(await accessibilityFindings({ wholePage: true })).toEqual([]);
  },
);

const LOOKS = [
  { width: 320, height: 568, theme: 'light', direction: 'ltr' },
  { width: 320, height: 568, theme: 'dark', direction: 'rtl' },
  { width: 1280, height: 800, theme: 'dark', direction: 'ltr' },
] as const;

test.each(LOOKS)('the settings at $width×$height $theme $direction', PATIENCE, async (look) => {
  serverWith({ ...KITCHEN, permissions: [...ALL, 'delete_community'] });
  const screen = await showWorkspace(WORKSPACE, look, '/c/kitchen/settings/overview');
  for (const name of ['Roles', 'Members', 'Invites', 'Bans', 'Ownership and deletion', 'Overview']) {
    await screen.getByRole('link', { name }).click();
    await expect.element(screen.getByRole('heading', { level: 1, name })).toHaveFocus();
    expect(overflowing()).toEqual([]);
    expect(await accessibilityFindings({ wholePage: true })).toEqual([]);
  }
});
