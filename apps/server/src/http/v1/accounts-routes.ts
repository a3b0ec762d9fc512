import {
  noInput,
  ownAccount,
  ownSessions,
  passwordChange,
  sessionPath,
  setUpRequest,
  setUpState,
  signInRequest,
} from '@parley/contract';
import { isSetUpCode } from '@parley/workspace';
import type { AccountService, SessionService } from '@parley/workspace';
import type { HttpModule } from '../http-module.js';
import { ProblemError } from './problems.js';
import { accountRoute, openRoute, v1Module } from './v1-module.js';
import type { V1Options, V1Route } from './v1-module.js';

export interface AccountsModuleOptions extends V1Options {
  accounts: AccountService;
  /** Asked of who sets the workspace up from another machine; undefined: of nobody. */
  setUpCode: string | undefined;
}

/** Of one client address in a minute: what hashes a password, and what only asks. */
const DEAR = 30;
const CHEAP = 600;

/** Setting the workspace up, signing in and out, sessions and passwords. */
export function accountsModule({
  accounts,
  setUpCode,
  sessions,
  onProblem,
}: AccountsModuleOptions): HttpModule {
  const routes = [
    ...setUpRoutes(accounts, setUpCode),
    ...sessionRoutes(accounts, sessions),
    ...ownRoutes(accounts, sessions),
  ];
  return v1Module('accounts', { sessions, onProblem }, routes);
}

function setUpRoutes(accounts: AccountService, setUpCode: string | undefined): V1Route[] {
  const path = '/api/v1/setup';
  return [
    openRoute({
      summary: "Say whether there is an owner, and the workspace's name.",
      ...{ method: 'GET', path, input: noInput, output: setUpState, perMinute: CHEAP },
      handle: async (_input, { isLocal }) => {
        const { done, name } = await accounts.setUpState();
        const code_needed = !done && !isLocal && setUpCode !== undefined;
        return { done, workspace_name: name ?? null, code_needed };
      },
    }),
    openRoute({
      summary: 'Make the owner, the workspace and a first community, and sign the owner in.',
      ...{ method: 'POST', path, input: setUpRequest, output: setUpState, status: 201, perMinute: DEAR },
      handle: async ({ workspace_name, user_name, password, setup_code }, { device, isLocal, signIn }) => {
        if (!isLocal && setUpCode !== undefined && !isSetUpCode(setUpCode, setup_code ?? '')) {
          throw new ProblemError(403, 'forbidden', 'This is not the set-up code of this server.', {
            field: 'setup_code',
            remedy: 'Take it from the log of the server, or set the workspace up on its own machine.',
          });
        }
        const owner = { userName: user_name, password };
        signIn(await accounts.setUp({ workspaceName: workspace_name, owner }, device));
        return { done: true, workspace_name, code_needed: false };
      },
    }),
  ];
}

function sessionRoutes(accounts: AccountService, sessions: SessionService): V1Route[] {
  const path = '/api/v1/session';
  return [
    openRoute({
      summary: 'Sign in.',
      ...{ method: 'POST', path, input: signInRequest, output: noInput, status: 204, perMinute: DEAR },
      handle: async ({ user_name, password }, { device, signIn }) => {
        signIn(await accounts.signIn({ userName: user_name, password }, device));
        return {};
      },
    }),
    accountRoute({
      summary: 'Sign out.',
      ...{ method: 'DELETE', path, input: noInput, output: noInput, status: 204, perMinute: CHEAP },
      handle: async (_input, { account, signOut }) => {
        await sessions.end(account.userId, account.sessionId);
        signOut();
        return {};
      },
    }),
  ];
}

function ownRoutes(accounts: AccountService, sessions: SessionService): V1Route[] {
  return [
    accountRoute({
      summary: 'Say who is signed in.',
      ...{ method: 'GET', path: '/api/v1/me', input: noInput, output: ownAccount, perMinute: CHEAP },
      handle: async (_input, { account: { userId, userName, sessionId } }) => ({
        ...{ id: userId, user_name: userName, session_id: sessionId },
        permissions: await accounts.permissionsOf(userId),
      }),
    }),
    accountRoute({
      summary: 'Change the password and end all other sessions.',
      ...{ method: 'POST', path: '/api/v1/me/password', input: passwordChange, output: noInput },
      ...{ status: 204, perMinute: DEAR },
      handle: async ({ current_password, new_password }, { account, device }) => {
        await accounts.changePassword(account, { current: current_password, next: new_password }, device);
        return {};
      },
    }),
    accountRoute({
      summary: "List one's sessions, the newest first.",
      ...{ method: 'GET', path: '/api/v1/sessions', input: noInput, output: ownSessions, perMinute: CHEAP },
      handle: async (_input, { account }) => ({
        sessions: (await sessions.list(account.userId)).map((session) => ({
          id: session.id,
          current: session.id === account.sessionId,
          created_at: new Date(session.createdAt).toISOString(),
          seen_at: new Date(session.seenAt).toISOString(),
          address: session.address,
          user_agent: session.userAgent,
        })),
      }),
    }),
    accountRoute({
      summary: "End one of one's sessions.",
      ...{ method: 'DELETE', path: '/api/v1/sessions/:id', input: sessionPath, output: noInput },
      ...{ status: 204, perMinute: CHEAP },
      handle: async ({ id }, { account, signOut }) => {
        const found = await sessions.end(account.userId, id);
        if (!found) throw new ProblemError(404, 'not_found', 'There is no such session.');
        if (id === account.sessionId) signOut();
        return {};
      },
    }),
  ];
}
