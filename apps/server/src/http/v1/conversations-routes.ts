import {
  conversation,
  conversationChange,
  conversationMemberPath,
  conversationPath,
  directRequest,
  groupRequest,
  noInput,
  ownConversations,
} from '@parley/contract';
import type { ConversationService } from '@parley/workspace';
import type { HttpModule } from '../http-module.js';
import { CHANGES, READS } from './rates.js';
import { accountRoute, v1Module } from './v1-module.js';
import type { V1Options } from './v1-module.js';

export interface ConversationsModuleOptions extends V1Options {
  conversations: ConversationService;
}

/** Of one client address in a minute: nobody begins with many people at once. */
const BEGINNINGS = 60;

/** Conversations of two and of groups. */
export function conversationsModule({
  conversations,
  sessions,
  onProblem,
}: ConversationsModuleOptions): HttpModule {
  const path = '/api/v1/conversations';
  const one = `${path}/:id`;
  const member = `${one}/members/:user_id`;
  return v1Module('conversations', { sessions, onProblem }, [
    accountRoute({
      summary: "List one's conversations, the newest 500.",
      ...{ method: 'GET', path, input: noInput, output: ownConversations, perMinute: READS },
      handle: async (_input, { account }) => ({ conversations: await conversations.list(account.userId) }),
    }),
    accountRoute({
      summary: 'Find or begin the conversation with one person.',
      ...{ method: 'POST', path: `${path}/direct`, input: directRequest, output: conversation },
      perMinute: BEGINNINGS,
      handle: ({ user_id }, { account }) => conversations.openDirect(account.userId, user_id),
    }),
    accountRoute({
      summary: 'Begin a conversation of a group.',
      ...{ method: 'POST', path: `${path}/group`, input: groupRequest, output: conversation },
      ...{ status: 201, perMinute: BEGINNINGS },
      handle: (input, { account }) => conversations.openGroup(account.userId, input),
    }),
    accountRoute({
      summary: 'Change the name of a group.',
      ...{ method: 'PATCH', path: one, input: conversationChange, output: conversation, perMinute: CHANGES },
      handle: (input, { account }) => conversations.rename(account.userId, input),
    }),
    accountRoute({
      summary: 'Add somebody to a group.',
      ...{ method: 'PUT', path: member, input: conversationMemberPath, output: conversation },
      perMinute: BEGINNINGS,
      handle: ({ id, user_id }, { account }) =>
        conversations.addMember(account.userId, { id, otherId: user_id }),
    }),
    accountRoute({
      summary: 'Leave a group.',
      ...{ method: 'POST', path: `${one}/leave`, input: conversationPath, output: noInput },
      ...{ status: 204, perMinute: CHANGES },
      handle: async ({ id }, { account }) => {
        await conversations.leave(account.userId, id);
        return {};
      },
    }),
  ]);
}
