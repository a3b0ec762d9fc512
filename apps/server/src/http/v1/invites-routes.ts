import {
  communityInvites,
  communityPath,
  invite,
  invitePath,
  inviteRequest,
  newAccountRequest,
  noInput,
} from '@parley/contract';
import type { Invite as InviteAnswer } from '@parley/contract';
import type { Invite, InviteService } from '@parley/workspace';
import type { HttpModule } from '../http-module.js';
import { accountRoute, openRoute, v1Module } from './v1-module.js';
import type { V1Options } from './v1-module.js';

export interface InvitesModuleOptions extends V1Options {
  invites: InviteService;
}

/** Of one client address in a minute: few enough that nobody finds a code by trying. */
const PER_MINUTE = 60;

/** Inviting, and coming by an invite. */
export function invitesModule({ invites, sessions, onProblem }: InvitesModuleOptions): HttpModule {
  const path = '/api/v1/invites/:code';
  return v1Module('invites', { sessions, onProblem }, [
    accountRoute({
      summary:
        'Create an invite to a community, for a time (`expires_in`, seconds) and a number of uses (`most_uses`), or without limit (null).',
      ...{ method: 'POST', path: '/api/v1/invites', input: inviteRequest, output: invite },
      ...{ status: 201, perMinute: PER_MINUTE },
      handle: async ({ community_id, expires_in, most_uses }, { account }) => {
        const lifetime = expires_in === null ? null : expires_in * 1000;
        const wish = { communityId: community_id, lifetime, mostUses: most_uses };
        return answerOf(await invites.create(account.userId, wish));
      },
    }),
    openRoute({
      summary: 'Say which community an invite is for.',
      ...{ method: 'GET', path, input: invitePath, output: invite, perMinute: PER_MINUTE },
      handle: async ({ code }) => answerOf(await invites.look(code)),
    }),
    accountRoute({
      summary: 'Join by an invite.',
      ...{ method: 'POST', path, input: invitePath, output: invite, perMinute: PER_MINUTE },
      handle: async ({ code }, { account }) => answerOf(await invites.accept(code, account.userId)),
    }),
    openRoute({
      summary: 'Create an account by an invite and sign in.',
      ...{ method: 'POST', path: `${path}/account`, input: newAccountRequest, output: noInput },
      ...{ status: 201, perMinute: PER_MINUTE },
      handle: async ({ code, user_name, password }, { device, signIn }) => {
        signIn(await invites.acceptAsNew(code, { userName: user_name, password }, device));
        return {};
      },
    }),
    accountRoute({
      summary: 'End an invite.',
      ...{ method: 'DELETE', path, input: invitePath, output: noInput, status: 204, perMinute: PER_MINUTE },
      handle: async ({ code }, { account }) => {
        await invites.end(account.userId, code);
        return {};
      },
    }),
    accountRoute({
      summary: 'List the invites in force.',
      ...{ method: 'GET', path: '/api/v1/communities/:id/invites', input: communityPath },
      ...{ output: communityInvites, perMinute: PER_MINUTE },
      handle: ({ id }, { account }) => invites.list(account.userId, id),
    }),
  ]);
}

function answerOf({ code, communityId, communityName, expiresAt }: Invite): InviteAnswer {
  const expires_at = expiresAt === null ? null : new Date(expiresAt).toISOString();
  return { code, community: { id: communityId, name: communityName }, expires_at };
}
