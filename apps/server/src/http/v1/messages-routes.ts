import {
  forwardRequest,
  message,
  messageEdit,
  messagePage,
  messagePath,
  messageRequest,
  messagesQuery,
  messageVersions,
  noInput,
  threadMessagesQuery,
} from '@parley/contract';
import type { Messaging } from '@parley/workspace';
import type { HttpModule } from '../http-module.js';
import { MESSAGES, READS } from './rates.js';
import { accountRoute, v1Module } from './v1-module.js';
import type { V1Options, V1Route } from './v1-module.js';

const CHANNEL = '/api/v1/channels/:channel_id';
const MESSAGE = `${CHANNEL}/messages/:message_id`;

/** Writing, reading and changing messages. */
export function messagesModule(
  { messages, changes }: Pick<Messaging, 'messages' | 'changes'>,
  options: V1Options,
): HttpModule {
  const routes = [...writing(messages), ...reading(messages), ...changing(changes)];
  return v1Module('messages', options, routes);
}

function writing(messages: Messaging['messages']): V1Route[] {
  return [
    accountRoute({
      summary: 'Write a message.',
      ...{ method: 'POST', path: `${CHANNEL}/messages`, status: 201, perMinute: MESSAGES },
      ...{ input: messageRequest, output: message },
      handle: ({ channel_id, thread_id, reply_to_id, text, attachment_ids, nonce }, { account }) =>
        messages.post(account.userId, {
          ...{
            channelId: channel_id,
            threadId: thread_id,
            replyToId: reply_to_id,
            forward: null,
            text,
            attachmentIds: attachment_ids,
            nonce,
          },
        }),
    }),
    accountRoute({
      summary: 'Pass a message on.',
      ...{ method: 'POST', path: `${CHANNEL}/forwards`, status: 201, perMinute: MESSAGES },
      ...{ input: forwardRequest, output: message },
      handle: ({ channel_id, thread_id, from, text, nonce }, { account }) =>
        messages.post(account.userId, {
          ...{ channelId: channel_id, threadId: thread_id, replyToId: null, text: text ?? '', nonce },
          attachmentIds: [],
          forward: { channelId: from.channel_id, messageId: from.message_id },
        }),
    }),
  ];
}

function reading(messages: Messaging['messages']): V1Route[] {
  return [
    accountRoute({
      summary: 'List the messages of a channel: the newest, or those before, after or around one.',
      ...{ method: 'GET', path: `${CHANNEL}/messages`, perMinute: READS },
      ...{ input: messagesQuery, output: messagePage },
      handle: ({ channel_id, ...page }, { account }) =>
        messages.list(account.userId, { channelId: channel_id, threadId: null }, page),
    }),
    accountRoute({
      summary: 'List the messages of a thread.',
      ...{ method: 'GET', path: `${CHANNEL}/threads/:thread_id/messages`, perMinute: READS },
      ...{ input: threadMessagesQuery, output: messagePage },
      handle: ({ channel_id, thread_id, ...page }, { account }) =>
        messages.list(account.userId, { channelId: channel_id, threadId: thread_id }, page),
    }),
    accountRoute({
      summary: 'Show one message.',
      ...{ method: 'GET', path: MESSAGE, input: messagePath, output: message, perMinute: READS },
      handle: ({ channel_id, message_id }, { account }) =>
        messages.get(account.userId, { channelId: channel_id, messageId: message_id }),
    }),
  ];
}

function changing(changes: Messaging['changes']): V1Route[] {
  return [
    accountRoute({
      summary: 'Change the text of a message.',
      ...{ method: 'PATCH', path: MESSAGE, input: messageEdit, output: message, perMinute: MESSAGES },
      handle: ({ channel_id, message_id, text }, { account }) =>
        changes.edit(account.userId, { channelId: channel_id, messageId: message_id }, text),
    }),
    accountRoute({
      summary: 'Delete a message.',
      ...{ method: 'DELETE', path: MESSAGE, input: messagePath, output: noInput },
      ...{ status: 204, perMinute: MESSAGES },
      handle: async ({ channel_id, message_id }, { account }) => {
        await changes.remove(account.userId, { channelId: channel_id, messageId: message_id });
        return {};
      },
    }),
    accountRoute({
      summary: 'List the earlier texts of a message.',
      ...{ method: 'GET', path: `${MESSAGE}/versions`, input: messagePath, output: messageVersions },
      perMinute: READS,
      handle: async ({ channel_id, message_id }, { account }) => ({
        versions: await changes.versions(account.userId, { channelId: channel_id, messageId: message_id }),
      }),
    }),
  ];
}
