import {
  catchUp as catchUpSchema,
  followedQuery,
  followedThreads,
  noInput,
  readMark,
  threadPage,
  threadPath,
  threadsQuery,
  unreadChannels,
} from '@parley/contract';
import type { Messaging } from '@parley/workspace';
import type { HttpModule } from '../http-module.js';
import { MESSAGES, READS } from './rates.js';
import { accountRoute, v1Module } from './v1-module.js';
import type { V1Options, V1Route } from './v1-module.js';

const CHANNEL = '/api/v1/channels/:channel_id';

/** Up to where one has read, and threads. */
export function readingModule(
  { reading, threads, catchUp }: Pick<Messaging, 'reading' | 'threads' | 'catchUp'>,
  options: V1Options,
): HttpModule {
  return v1Module('reading', options, [...marks(reading), everything(catchUp), ...threadRoutes(threads)]);
}

function marks(reading: Messaging['reading']): V1Route[] {
  const mark = { input: readMark, output: noInput, status: 204, perMinute: MESSAGES } as const;
  return [
    accountRoute({
      summary: 'Say up to where one has read.',
      ...{ method: 'POST', path: `${CHANNEL}/read`, ...mark },
      handle: async ({ channel_id, thread_id, message_id }, { account }) => {
        await reading.read(account.userId, { channelId: channel_id, threadId: thread_id }, message_id);
        return {};
      },
    }),
    accountRoute({
      summary: 'Say from where on it is new again.',
      ...{ method: 'POST', path: `${CHANNEL}/unread`, ...mark },
      handle: async ({ channel_id, thread_id, message_id }, { account }) => {
        await reading.unreadFrom(account.userId, { channelId: channel_id, threadId: thread_id }, message_id);
        return {};
      },
    }),
    accountRoute({
      summary: 'List what is new, of every channel that one sees.',
      ...{
        method: 'GET',
        path: '/api/v1/me/unread',
        input: noInput,
        output: unreadChannels,
        perMinute: READS,
      },
      handle: async (_input, { account }) => ({ channels: await reading.unread(account.userId) }),
    }),
  ];
}

function everything(catchUp: Messaging['catchUp']): V1Route {
  return accountRoute({
    ...{ method: 'POST', path: '/api/v1/me/read', input: catchUpSchema, output: noInput },
    ...{ status: 204, perMinute: MESSAGES, summary: 'Mark everything as read.' },
    handle: async ({ community_id, channel_id }, { account }) => {
      await catchUp.catchUp(account.userId, { communityId: community_id, channelId: channel_id });
      return {};
    },
  });
}

function threadRoutes(threads: Messaging['threads']): V1Route[] {
  const path = `${CHANNEL}/threads/:thread_id/following`;
  const change = { input: threadPath, output: noInput, status: 204, perMinute: MESSAGES } as const;
  return [
    accountRoute({
      summary: 'Follow a thread.',
      ...{ method: 'PUT', path, ...change },
      handle: async ({ channel_id, thread_id }, { account }) => {
        await threads.follow(account.userId, { channelId: channel_id, threadId: thread_id });
        return {};
      },
    }),
    accountRoute({
      summary: 'Stop following a thread.',
      ...{ method: 'DELETE', path, ...change },
      handle: async ({ channel_id, thread_id }, { account }) => {
        await threads.unfollow(account.userId, { channelId: channel_id, threadId: thread_id });
        return {};
      },
    }),
    accountRoute({
      summary: 'List the threads of a channel, those answered last first.',
      ...{ method: 'GET', path: `${CHANNEL}/threads`, perMinute: READS },
      ...{ input: threadsQuery, output: threadPage },
      handle: ({ channel_id, ...page }, { account }) => threads.list(account.userId, channel_id, page),
    }),
    accountRoute({
      summary: 'List the threads that one follows, with what is new.',
      ...{ method: 'GET', path: '/api/v1/me/threads', perMinute: READS },
      ...{ input: followedQuery, output: followedThreads },
      handle: (page, { account }) => threads.followed(account.userId, page),
    }),
  ];
}
