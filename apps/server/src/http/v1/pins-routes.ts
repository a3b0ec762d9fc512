import { messagePath, noInput, pins as pinsSchema, pinsPath, savedPage, savedQuery } from '@parley/contract';
import type { Messaging } from '@parley/workspace';
import type { HttpModule } from '../http-module.js';
import { CHANGES, READS } from './rates.js';
import { accountRoute, v1Module } from './v1-module.js';
import type { V1Options } from './v1-module.js';

const changes = { input: messagePath, output: noInput, status: 204, perMinute: CHANGES } as const;

/** What is pinned for everybody, and what one saved for oneself. */
export function pinsModule(
  { pins, saved }: Pick<Messaging, 'pins' | 'saved'>,
  options: V1Options,
): HttpModule {
  const pin = '/api/v1/channels/:channel_id/pins/:message_id';
  const save = '/api/v1/channels/:channel_id/messages/:message_id/saved';
  return v1Module('pins', options, [
    accountRoute({
      summary: 'Pin a message.',
      ...{ method: 'PUT', path: pin, ...changes },
      handle: async ({ channel_id, message_id }, { account }) => {
        await pins.pin(account.userId, { channelId: channel_id, messageId: message_id });
        return {};
      },
    }),
    accountRoute({
      summary: 'Unpin a message.',
      ...{ method: 'DELETE', path: pin, ...changes },
      handle: async ({ channel_id, message_id }, { account }) => {
        await pins.unpin(account.userId, { channelId: channel_id, messageId: message_id });
        return {};
      },
    }),
    accountRoute({
      summary: 'List what is pinned, the last first.',
      ...{ method: 'GET', path: '/api/v1/channels/:channel_id/pins', perMinute: READS },
      ...{ input: pinsPath, output: pinsSchema },
      handle: async ({ channel_id }, { account }) => ({ pins: await pins.list(account.userId, channel_id) }),
    }),
    accountRoute({
      summary: 'Save a message for oneself.',
      ...{ method: 'PUT', path: save, ...changes },
      handle: async ({ channel_id, message_id }, { account }) => {
        await saved.save(account.userId, { channelId: channel_id, messageId: message_id });
        return {};
      },
    }),
    accountRoute({
      summary: 'Forget a saved message.',
      ...{ method: 'DELETE', path: save, ...changes },
      handle: async ({ channel_id, message_id }, { account }) => {
        await saved.forget(account.userId, { channelId: channel_id, messageId: message_id });
        return {};
      },
    }),
    accountRoute({
      summary: 'List what one saved, the last first.',
      ...{ method: 'GET', path: '/api/v1/me/saved', input: savedQuery, output: savedPage, perMinute: READS },
      handle: (page, { account }) => saved.list(account.userId, page),
    }),
  ]);
}
