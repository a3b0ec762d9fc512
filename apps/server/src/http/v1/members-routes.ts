import {
  banPage,
  banPath,
  banQuery,
  communityPath,
  member,
  memberChange,
  memberPage,
  memberPath,
  memberQuery,
  memberTimeout,
  newBan,
  noInput,
} from '@parley/contract';
import type { BanService, MemberService } from '@parley/workspace';
import type { HttpModule } from '../http-module.js';
import { CHANGES, READS } from './rates.js';
import { accountRoute, v1Module } from './v1-module.js';
import type { V1Options, V1Route } from './v1-module.js';

export interface MembersModuleOptions extends V1Options {
  members: MemberService;
  bans: BanService;
}

const DONE = { output: noInput, status: 204, perMinute: CHANGES } as const;
const COMMUNITY = '/api/v1/communities/:id';

/** Who is in a community, and who is kept out. */
export function membersModule({ members, bans, sessions, onProblem }: MembersModuleOptions): HttpModule {
  const routes = [...memberRoutes(members), ...timeoutRoutes(members), ...banRoutes(bans)];
  return v1Module('members', { sessions, onProblem }, routes);
}

function memberRoutes(members: MemberService): V1Route[] {
  const path = `${COMMUNITY}/members`;
  const one = `${path}/:user_id`;
  return [
    accountRoute({
      summary: 'List members by user name, or those whose names begin so.',
      ...{ method: 'GET', path, input: memberQuery, output: memberPage, perMinute: READS },
      handle: (input, { account }) => members.list(account.userId, input),
    }),
    accountRoute({
      summary: 'Show a member.',
      ...{ method: 'GET', path: one, input: memberPath, output: member, perMinute: READS },
      handle: ({ id, user_id }, { account }) =>
        members.get(account.userId, { communityId: id, userId: user_id }),
    }),
    accountRoute({
      summary: 'Change the nickname of a member.',
      ...{ method: 'PATCH', path: one, input: memberChange, output: member, perMinute: CHANGES },
      handle: (input, { account }) => members.change(account.userId, input),
    }),
    accountRoute({
      summary: 'Take a member out.',
      ...{ method: 'DELETE', path: one, input: memberPath, ...DONE },
      handle: async ({ id, user_id }, { account }) => {
        await members.kick(account.userId, { communityId: id, userId: user_id });
        return {};
      },
    }),
    accountRoute({
      summary: 'Leave a community.',
      ...{ method: 'POST', path: `${COMMUNITY}/leave`, input: communityPath, ...DONE },
      handle: async ({ id }, { account }) => {
        await members.leave(account.userId, id);
        return {};
      },
    }),
  ];
}

function timeoutRoutes(members: MemberService): V1Route[] {
  const path = `${COMMUNITY}/members/:user_id/timeout`;
  return [
    accountRoute({
      summary: 'Let a member only read, for 60 seconds to 28 days.',
      ...{ method: 'PUT', path, input: memberTimeout, ...DONE },
      handle: async (input, { account }) => {
        await members.timeOut(account.userId, input);
        return {};
      },
    }),
    accountRoute({
      summary: 'End that a member only reads.',
      ...{ method: 'DELETE', path, input: memberPath, ...DONE },
      handle: async ({ id, user_id }, { account }) => {
        await members.endTimeout(account.userId, { communityId: id, userId: user_id });
        return {};
      },
    }),
  ];
}

function banRoutes(bans: BanService): V1Route[] {
  const path = `${COMMUNITY}/bans`;
  const one = `${path}/:user_id`;
  return [
    accountRoute({
      summary: 'List bans by user name.',
      ...{ method: 'GET', path, input: banQuery, output: banPage, perMinute: READS },
      handle: (input, { account }) => bans.list(account.userId, input),
    }),
    accountRoute({
      summary: 'Ban somebody, member or not.',
      ...{ method: 'PUT', path: one, input: newBan, ...DONE },
      handle: async (input, { account }) => {
        await bans.ban(account.userId, input);
        return {};
      },
    }),
    accountRoute({
      summary: 'Lift a ban.',
      ...{ method: 'DELETE', path: one, input: banPath, ...DONE },
      handle: async ({ id, user_id }, { account }) => {
        await bans.unban(account.userId, { communityId: id, userId: user_id });
        return {};
      },
    }),
  ];
}
