import {
  channel,
  channelChange,
  channelMove,
  channelPath,
  newChannel,
  noInput,
  overwrites,
  personOverwrite,
  personOverwritePath,
  roleOverwrite,
  roleOverwritePath,
} from '@parley/contract';
import type { ChannelService, OverwriteService } from '@parley/workspace';
import type { HttpModule } from '../http-module.js';
import { CHANGES, READS } from './rates.js';
import { accountRoute, v1Module } from './v1-module.js';
import type { V1Options, V1Route } from './v1-module.js';

export interface ChannelsModuleOptions extends V1Options {
  channels: ChannelService;
  overwrites: OverwriteService;
}

const ONE = '/api/v1/channels/:id';
const DONE = { output: noInput, status: 204, perMinute: CHANGES } as const;

/** Channels of communities, and who may do what in them. */
export function channelsModule(options: ChannelsModuleOptions): HttpModule {
  const { channels, overwrites: decided, sessions, onProblem } = options;
  const routes = [...channelRoutes(channels), ...overwriteRoutes(decided)];
  return v1Module('channels', { sessions, onProblem }, routes);
}

function channelRoutes(channels: ChannelService): V1Route[] {
  return [
    accountRoute({
      summary: 'Create a channel or a category.',
      ...{ method: 'POST', path: '/api/v1/communities/:id/channels', input: newChannel, output: channel },
      ...{ status: 201, perMinute: CHANGES },
      handle: (input, { account }) => channels.create(account.userId, input),
    }),
    accountRoute({
      summary: 'Show a channel.',
      ...{ method: 'GET', path: ONE, input: channelPath, output: channel, perMinute: READS },
      handle: ({ id }, { account }) => channels.get(account.userId, id),
    }),
    accountRoute({
      summary: 'Change a channel: name, topic, slow mode, private, archived.',
      ...{ method: 'PATCH', path: ONE, input: channelChange, output: channel, perMinute: CHANGES },
      handle: (input, { account }) => channels.change(account.userId, input),
    }),
    accountRoute({
      summary: 'Delete a channel with everything in it; channels of a category stay.',
      ...{ method: 'DELETE', path: ONE, input: channelPath, ...DONE },
      handle: async ({ id }, { account }) => {
        await channels.delete(account.userId, id);
        return {};
      },
    }),
    accountRoute({
      summary: 'Put a channel into a category, before another or behind all.',
      ...{ method: 'POST', path: `${ONE}/move`, input: channelMove, ...DONE },
      handle: async (input, { account }) => {
        await channels.move(account.userId, input);
        return {};
      },
    }),
  ];
}

function overwriteRoutes(decided: OverwriteService): V1Route[] {
  const path = `${ONE}/overwrites`;
  const [role, person] = [`${path}/roles/:role_id`, `${path}/people/:user_id`];
  return [
    accountRoute({
      summary: 'List what is decided for roles and people in a channel.',
      ...{ method: 'GET', path, input: channelPath, output: overwrites, perMinute: READS },
      handle: ({ id }, { account }) => decided.list(account.userId, id),
    }),
    accountRoute({
      summary: 'Decide what a role may do in a channel.',
      ...{ method: 'PUT', path: role, input: roleOverwrite, ...DONE },
      handle: async ({ id, role_id, ...names }, { account }) => {
        await decided.set(account.userId, { channelId: id, target: { roleId: role_id } }, names);
        return {};
      },
    }),
    accountRoute({
      summary: 'Leave to a role what it may do in a channel.',
      ...{ method: 'DELETE', path: role, input: roleOverwritePath, ...DONE },
      handle: async ({ id, role_id }, { account }) => {
        await decided.remove(account.userId, { channelId: id, target: { roleId: role_id } });
        return {};
      },
    }),
    accountRoute({
      summary: 'Decide what a member may do in a channel.',
      ...{ method: 'PUT', path: person, input: personOverwrite, ...DONE },
      handle: async ({ id, user_id, ...names }, { account }) => {
        await decided.set(account.userId, { channelId: id, target: { userId: user_id } }, names);
        return {};
      },
    }),
    accountRoute({
      summary: "Leave to a member's roles what they may do in a channel.",
      ...{ method: 'DELETE', path: person, input: personOverwritePath, ...DONE },
      handle: async ({ id, user_id }, { account }) => {
        await decided.remove(account.userId, { channelId: id, target: { userId: user_id } });
        return {};
      },
    }),
  ];
}
