import type { Invite, OwnAccount, SetUpState } from '@parley/contract';
import { afterEach, expect, test } from 'vitest';
import { InvitePage } from '../../../src/account/invite-page.js';
import { showLanguage } from '../../../src/texts/language.js';
import { Gate } from '../../../src/workspace/gate.js';
import { ADA, fakeServer, nothing, NOT_SIGNED_IN, ok, refused, SET_UP } from '../support/fake-server.js';
import { accessibilityFindings, overflowing } from '../support/findings.js';
import { LOOKS } from '../support/show.js';
import { showWorkspace } from '../support/show-workspace.js';

const WORKSPACE = <Gate guests>{(me) => <h1>Signed in as {me.user_name}</h1>}</Gate>;
const INVITE: Invite = {
  code: 'a-code',
  community: { id: 'kitchen', name: 'Kitchen' },
  expires_at: '2027-01-01T12:00:00.000Z',
};

afterEach(() => showLanguage('en'));

const notSetUp = () =>
  fakeServer({
    'GET /api/v1/me': NOT_SIGNED_IN,
    'GET /api/v1/setup': () => ok<SetUpState>({ done: false, workspace_name: null, code_needed: false }),
  });
const signedOut = () => fakeServer({ 'GET /api/v1/me': NOT_SIGNED_IN, 'GET /api/v1/setup': SET_UP });

test('a server that is not set up asks for a workspace and its owner, and leads in', async () => {
  const server = notSetUp();
  const screen = await showWorkspace(WORKSPACE);
  await screen.getByLabelText('Name of the workspace').fill('Kitchen');
  await screen.getByRole('button', { name: 'Create the workspace' }).click();
  const name = screen.getByLabelText('User name');
  await expect.element(screen.getByRole('alert')).toHaveTextContent('Enter a user name.');
  await expect.element(name).toHaveFocus();
  await name.fill('ada');
  await screen.getByLabelText('Password', { exact: true }).fill('short');

  server.routes['POST /api/v1/setup'] = () =>
    refused(422, { code: 'invalid_password', field: 'password', reason: 'short' });
  await screen.getByRole('button', { name: 'Create the workspace' }).click();
  const password = screen.getByLabelText('Password', { exact: true });
  await expect.element(password).toHaveAccessibleDescription(/^Too short/u);
  await expect.element(password).toHaveFocus();

  await password.fill('a long way home');
  server.routes['POST /api/v1/setup'] = () => {
    server.routes['GET /api/v1/me'] = () => ok<OwnAccount>(ADA);
    return { status: 201, body: { done: true, workspace_name: 'Kitchen', code_needed: false } };
  };
  await screen.getByRole('button', { name: 'Create the workspace' }).click();
  await expect.element(screen.getByRole('heading', { name: 'Signed in as ada' })).toBeVisible();
  expect(server.asked.findLast(({ route }) => route.startsWith('POST'))?.body).toEqual({
    workspace_name: 'Kitchen',
    user_name: 'ada',
    password: 'a long way home',
  });
});

test('from another machine the code of the log is asked for', async () => {
  const server = notSetUp();
  server.routes['GET /api/v1/setup'] = () =>
    ok<SetUpState>({ done: false, workspace_name: null, code_needed: true });
  server.routes['POST /api/v1/setup'] = () => refused(403, { code: 'forbidden', field: 'setup_code' });
  const screen = await showWorkspace(WORKSPACE);
  await screen.getByLabelText('Name of the workspace').fill('Kitchen');
  await screen.getByLabelText('User name').fill('ada');
  await screen.getByLabelText('Password', { exact: true }).fill('a long way home');
  await screen.getByRole('button', { name: 'Create the workspace' }).click();
  const code = screen.getByLabelText('Set-up code');
  await expect.element(code).toHaveAccessibleDescription(/^Enter the code/u);
  await code.fill('wrong');
  await screen.getByRole('button', { name: 'Create the workspace' }).click();
  await expect.element(code).toHaveAccessibleDescription(/^This is not the code/u);
  await expect.element(code).toHaveFocus();
  expect(server.asked.at(-1)?.body).toMatchObject({ setup_code: 'wrong', user_name: 'ada' });
});

test('who is not signed in signs in where they are; what is wrong is said', async () => {
  const server = signedOut();
  const screen = await showWorkspace(WORKSPACE);
  await screen.getByLabelText('User name').fill('ada');
  await screen.getByLabelText('Password', { exact: true }).fill('a long way home');
  const submit = screen.getByRole('button', { name: 'Sign in' });

  server.routes['POST /api/v1/session'] = () => refused(401, { code: 'wrong_credentials' });
  await submit.click();
  await expect.element(screen.getByRole('alert')).toHaveTextContent('Name or password is wrong.');
  server.routes['POST /api/v1/session'] = () =>
    refused(429, { code: 'too_many_attempts' }, { 'retry-after': '8' });
  await submit.click();
  await expect.element(screen.getByRole('alert')).toHaveTextContent('Try again in 8 seconds.');

  server.routes['POST /api/v1/session'] = () => {
    server.routes['GET /api/v1/me'] = () => ok<OwnAccount>(ADA);
    return nothing();
  };
  await submit.click();
  await expect.element(screen.getByRole('heading', { name: 'Signed in as ada' })).toBeVisible();
});

test('a session that has ended elsewhere leads back to signing in when one looks again', async () => {
  const server = signedOut();
  server.routes['GET /api/v1/me'] = () => ok<OwnAccount>(ADA);
  const screen = await showWorkspace(WORKSPACE);
  await expect.element(screen.getByRole('heading', { name: 'Signed in as ada' })).toBeVisible();
  server.routes['GET /api/v1/me'] = NOT_SIGNED_IN;
  window.dispatchEvent(new Event('visibilitychange'));
  await expect.element(screen.getByRole('heading', { name: /^Sign in to/u })).toBeVisible();
});

test('a server that does not answer is told of, and asked again on demand', async () => {
  const server = fakeServer({ 'GET /api/v1/me': () => refused(400, { code: 'invalid_request' }) });
  const screen = await showWorkspace(WORKSPACE);
  await expect.element(screen.getByTestId('load-failed')).toBeVisible();
  server.routes['GET /api/v1/me'] = () => ok<OwnAccount>(ADA);
  await screen.getByRole('button', { name: 'Try again' }).click();
  await expect.element(screen.getByRole('heading', { name: 'Signed in as ada' })).toBeVisible();
});

test('a password can be looked at while one types it', async () => {
  signedOut();
  const screen = await showWorkspace(WORKSPACE);
  const password = screen.getByLabelText('Password', { exact: true });
  await expect.element(password).toHaveAttribute('type', 'password');
  await screen.getByRole('button', { name: 'Show password' }).click();
  await expect.element(password).toHaveAttribute('type', 'text');
});

function showInvite(onJoined: (id: string) => void = () => undefined) {
  return showWorkspace(<InvitePage code="a-code" onJoined={onJoined} />);
}

test('by an invitation one makes an account', async () => {
  const joined: string[] = [];
  const server = signedOut();
  server.routes['GET /api/v1/invites/a-code'] = () => ok<Invite>(INVITE);
  const screen = await showInvite((id) => joined.push(id));
  await expect.element(screen.getByRole('heading', { name: 'Join \u2068Kitchen\u2069' })).toBeVisible();
  await screen.getByLabelText('User name').fill('bob');
  await screen.getByLabelText('Password', { exact: true }).fill('a long way home');
  server.routes['POST /api/v1/invites/a-code/account'] = () =>
    refused(409, { code: 'user_name_taken', field: 'user_name' });
  await screen.getByRole('button', { name: 'Create account and join' }).click();
  await expect
    .element(screen.getByLabelText('User name'))
    .toHaveAccessibleDescription(/^Somebody has this name/u);
  server.routes['POST /api/v1/invites/a-code/account'] = () => ({ status: 201, body: {} });
  await screen.getByRole('button', { name: 'Create account and join' }).click();
  await expect.poll(() => joined).toEqual(['kitchen']);
  expect(server.asked.findLast(({ route }) => route.startsWith('POST'))?.body).toEqual({
    user_name: 'bob',
    password: 'a long way home',
  });
});

test('by an invitation one signs in and joins', async () => {
  const joined: string[] = [];
  const server = signedOut();
  server.routes['GET /api/v1/invites/a-code'] = () => ok<Invite>(INVITE);
  server.routes['POST /api/v1/session'] = nothing;
  server.routes['POST /api/v1/invites/a-code'] = () => ok<Invite>(INVITE);
  const screen = await showInvite((id) => joined.push(id));
  await screen.getByRole('button', { name: 'I have an account' }).click();
  await screen.getByLabelText('User name').fill('bob');
  await screen.getByLabelText('Password', { exact: true }).fill('a long way home');
  await screen.getByRole('button', { name: 'Sign in and join' }).click();
  await expect.poll(() => joined).toEqual(['kitchen']);
  const posted = server.asked.filter(({ route }) => route.startsWith('POST')).map(({ route }) => route);
  expect(posted).toEqual(['POST /api/v1/session', 'POST /api/v1/invites/a-code']);
});

test('who is signed in joins at once, or lets somebody else', async () => {
  const joined: string[] = [];
  const server = signedOut();
  server.routes['GET /api/v1/me'] = () => ok<OwnAccount>(ADA);
  server.routes['GET /api/v1/invites/a-code'] = () => ok<Invite>(INVITE);
  server.routes['POST /api/v1/invites/a-code'] = () => ok<Invite>(INVITE);
  server.routes['DELETE /api/v1/session'] = nothing;
  const screen = await showInvite((id) => joined.push(id));
  await screen.getByRole('button', { name: 'Use another account' }).click();
  await expect.element(screen.getByRole('button', { name: 'Create account and join' })).toBeVisible();

  const again = await showInvite((id) => joined.push(id));
  await again.getByRole('button', { name: 'Join', exact: true }).click();
  await expect.poll(() => joined).toEqual(['kitchen']);
});

test('an invitation that no longer works says so', async () => {
  signedOut();
  const screen = await showInvite();
  await expect
    .element(screen.getByRole('heading', { name: 'This invitation no longer works' }))
    .toBeVisible();
});

test('all of it is in German too', async () => {
  signedOut();
  await showLanguage('de');
  const screen = await showWorkspace(WORKSPACE);
  await screen.getByRole('button', { name: 'Anmelden' }).click();
  await expect.element(screen.getByRole('alert')).toHaveTextContent('Gib einen Benutzernamen ein.');
});

const LONG = 'Wolfeschlegelsteinhausenbergerdorff عبد الرحمن بن محمد الأندلسي';

test.each(LOOKS.filter(({ width }) => width === 320 || width === 640 || width === 1280))(
  'the pages before the workspace at $width×$height $theme $direction',
  async (look) => {
    const server = fakeServer({
      'GET /api/v1/me': NOT_SIGNED_IN,
      'GET /api/v1/setup': () => ok<SetUpState>({ done: true, workspace_name: LONG, code_needed: false }),
      'GET /api/v1/invites/a-code': () => ok<Invite>({ ...INVITE, community: { id: 'long', name: LONG } }),
    });
    const expectSound = async () => {
      expect(overflowing()).toEqual([]);
      expect(await accessibilityFindings({ wholePage: true })).toEqual([]);
    };
    const signIn = await showWorkspace(WORKSPACE, look);
    await signIn.getByRole('button', { name: 'Sign in' }).click();
    await expect.element(signIn.getByRole('alert')).toBeVisible();
    await expectSound();
    await signIn.unmount();

    const invite = await showWorkspace(<InvitePage code="a-code" onJoined={() => undefined} />, look);
    await expect.element(invite.getByTestId('invitation')).toBeVisible();
    await expectSound();
    await invite.unmount();

    server.routes['GET /api/v1/setup'] = () =>
      ok<SetUpState>({ done: false, workspace_name: null, code_needed: false });
    const setUp = await showWorkspace(WORKSPACE, look);
    await expect.element(setUp.getByTestId('set-up')).toBeVisible();
    await expectSound();
  },
);
