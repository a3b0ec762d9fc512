import { noInput, othersReactionPath, reacting, reactingQuery, reactionPath } from '@parley/contract';
import type { Messaging } from '@parley/workspace';
import type { HttpModule } from '../http-module.js';
import { MESSAGES, READS } from './rates.js';
import { accountRoute, v1Module } from './v1-module.js';
import type { V1Options } from './v1-module.js';

/** Emoji below messages. */
export function reactionsModule(reactions: Messaging['reactions'], options: V1Options): HttpModule {
  const path = '/api/v1/channels/:channel_id/messages/:message_id/reactions/:emoji';
  const changes = { output: noInput, status: 204, perMinute: MESSAGES } as const;
  return v1Module('reactions', options, [
    accountRoute({
      summary: 'React to a message.',
      ...{ method: 'PUT', path, input: reactionPath, ...changes },
      handle: async ({ channel_id, message_id, emoji }, { account }) => {
        await reactions.add(account.userId, { channelId: channel_id, messageId: message_id, emoji });
        return {};
      },
    }),
    accountRoute({
      summary: "Take one's reaction back.",
      ...{ method: 'DELETE', path, input: reactionPath, ...changes },
      handle: async ({ channel_id, message_id, emoji }, { account }) => {
        await reactions.remove(account.userId, { channelId: channel_id, messageId: message_id, emoji });
        return {};
      },
    }),
    accountRoute({
      summary: "Take somebody else's reaction away.",
      ...{ method: 'DELETE', path: `${path}/:user_id`, input: othersReactionPath, ...changes },
      handle: async ({ channel_id, message_id, emoji, user_id }, { account }) => {
        const address = { channelId: channel_id, messageId: message_id, emoji };
        await reactions.remove(account.userId, address, user_id);
        return {};
      },
    }),
    accountRoute({
      summary: 'List who reacted so.',
      ...{ method: 'GET', path, input: reactingQuery, output: reacting, perMinute: READS },
      handle: ({ channel_id, message_id, emoji, ...page }, { account }) =>
        reactions.people(account.userId, { channelId: channel_id, messageId: message_id, emoji }, page),
    }),
  ]);
}
