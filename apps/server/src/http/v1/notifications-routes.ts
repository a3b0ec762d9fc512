import {
  channelNotifications,
  communityNotifications,
  noInput,
  notificationChange,
  notificationSettings,
} from '@parley/contract';
import type { Messaging } from '@parley/workspace';
import type { HttpModule } from '../http-module.js';
import { CHANGES, READS } from './rates.js';
import { accountRoute, v1Module } from './v1-module.js';
import type { V1Options } from './v1-module.js';

const change = { output: noInput, status: 204, perMinute: CHANGES } as const;

/** Of what one wants to be told. */
export function notificationsModule(
  notifications: Messaging['notifications'],
  options: V1Options,
): HttpModule {
  return v1Module('notifications', options, [
    accountRoute({
      ...{ method: 'GET', path: '/api/v1/me/notifications', input: noInput, output: notificationSettings },
      ...{ perMinute: READS, summary: 'Show of what one wants to be told.' },
      handle: (_input, { account }) => notifications.load(account.userId),
    }),
    accountRoute({
      ...{ method: 'PATCH', path: '/api/v1/me/notifications', input: notificationChange, ...change },
      summary: 'Change the words that count as a mention, and the hours without notices.',
      handle: async (wish, { account }) => {
        await notifications.change(account.userId, wish);
        return {};
      },
    }),
    accountRoute({
      ...{ method: 'PUT', path: '/api/v1/channels/:channel_id/notifications', ...change },
      ...{ input: channelNotifications, summary: 'Say of what one wants to be told in a channel.' },
      handle: async ({ channel_id, ...rule }, { account }) => {
        await notifications.setChannel(account.userId, channel_id, rule);
        return {};
      },
    }),
    accountRoute({
      ...{ method: 'PUT', path: '/api/v1/communities/:id/notifications', ...change },
      ...{ input: communityNotifications, summary: 'Say of what one wants to be told in a community.' },
      handle: async ({ id, ...rule }, { account }) => {
        await notifications.setCommunity(account.userId, id, rule);
        return {};
      },
    }),
  ]);
}
