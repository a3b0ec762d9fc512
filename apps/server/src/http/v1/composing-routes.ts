import {
  draftRequest,
  drafts as draftsSchema,
  noInput,
  scheduleChange,
  scheduledMessage,
  scheduledMessages,
  scheduledPath,
  scheduleRequest,
  typingRequest,
} from '@parley/contract';
import type { Messaging, WorkspaceEvent } from '@parley/workspace';
import type { HttpModule } from '../http-module.js';
import { CHANGES, MESSAGES, READS } from './rates.js';
import { accountRoute, v1Module } from './v1-module.js';
import type { V1Options, V1Route } from './v1-module.js';

export interface ComposingModuleOptions extends Pick<Messaging, 'drafts' | 'scheduled' | 'typing'> {
  /** Tells others who types. */
  onTyping: (event: WorkspaceEvent) => Promise<void>;
}

const CHANNEL = '/api/v1/channels/:channel_id';

/** What is not sent yet: drafts, messages that are sent later, and who is typing. */
export function composingModule(
  { drafts, scheduled, typing, onTyping }: ComposingModuleOptions,
  options: V1Options,
): HttpModule {
  return v1Module('composing', options, [
    accountRoute({
      summary: 'Tell others that one types.',
      ...{ method: 'POST', path: `${CHANNEL}/typing`, input: typingRequest, output: noInput },
      ...{ status: 204, perMinute: MESSAGES },
      handle: async ({ channel_id, thread_id }, { account }) => {
        const place = { channelId: channel_id, threadId: thread_id };
        const event = await typing.type(account.userId, place);
        if (event !== undefined) await onTyping(event);
        return {};
      },
    }),
    accountRoute({
      summary: 'Keep a draft, or none.',
      ...{ method: 'PUT', path: `${CHANNEL}/draft`, input: draftRequest, output: noInput },
      ...{ status: 204, perMinute: MESSAGES },
      handle: async ({ channel_id, thread_id, reply_to_id, text }, { account }) => {
        const place = { channelId: channel_id, threadId: thread_id };
        await drafts.keep(account.userId, { ...place, replyToId: reply_to_id, text });
        return {};
      },
    }),
    accountRoute({
      summary: "List one's drafts.",
      ...{ method: 'GET', path: '/api/v1/me/drafts', input: noInput, output: draftsSchema, perMinute: READS },
      handle: async (_input, { account }) => ({ drafts: await drafts.list(account.userId) }),
    }),
    ...scheduling(scheduled),
  ]);
}

function scheduling(scheduled: Messaging['scheduled']): V1Route[] {
  const path = '/api/v1/me/scheduled/:id';
  return [
    accountRoute({
      summary: 'Write a message that is sent later.',
      ...{ method: 'POST', path: `${CHANNEL}/scheduled`, input: scheduleRequest, output: scheduledMessage },
      ...{ status: 201, perMinute: CHANGES },
      handle: ({ channel_id, thread_id, reply_to_id, text, nonce, send_at }, { account }) =>
        scheduled.schedule(account.userId, {
          ...{ channelId: channel_id, threadId: thread_id, replyToId: reply_to_id, text, nonce },
          sendAt: Date.parse(send_at),
        }),
    }),
    accountRoute({
      summary: 'List what is to be sent later, what is due first at the top.',
      ...{ method: 'GET', path: '/api/v1/me/scheduled', input: noInput, output: scheduledMessages },
      perMinute: READS,
      handle: async (_input, { account }) => ({ scheduled: await scheduled.list(account.userId) }),
    }),
    accountRoute({
      summary: 'Change what is to be sent later.',
      ...{ method: 'PATCH', path, input: scheduleChange, output: scheduledMessage, perMinute: CHANGES },
      handle: ({ id, text, send_at }, { account }) => {
        const sendAt = send_at === undefined ? undefined : Date.parse(send_at);
        return scheduled.change(account.userId, id, { text, sendAt });
      },
    }),
    accountRoute({
      summary: 'Take back what was to be sent later.',
      ...{ method: 'DELETE', path, input: scheduledPath, output: noInput, status: 204, perMinute: CHANGES },
      handle: async ({ id }, { account }) => {
        await scheduled.cancel(account.userId, id);
        return {};
      },
    }),
  ];
}
