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
import { endpoint } from './endpoint.js';

const CONVERSATIONS = '/api/v1/conversations';

/** Conversations outside of communities. */
export const conversationsApi = {
  list: endpoint({ method: 'GET', path: CONVERSATIONS, input: noInput, output: ownConversations }),
  openDirect: endpoint({
    ...{ method: 'POST', path: `${CONVERSATIONS}/direct`, input: directRequest, output: conversation },
  }),
  openGroup: endpoint({
    ...{ method: 'POST', path: `${CONVERSATIONS}/group`, input: groupRequest, output: conversation },
  }),
  rename: endpoint({
    ...{ method: 'PATCH', path: `${CONVERSATIONS}/:id`, input: conversationChange, output: conversation },
  }),
  addMember: endpoint({
    ...{ method: 'PUT', path: `${CONVERSATIONS}/:id/members/:user_id` },
    ...{ input: conversationMemberPath, output: conversation },
  }),
  leave: endpoint({
    ...{ method: 'POST', path: `${CONVERSATIONS}/:id/leave`, input: conversationPath, output: noInput },
  }),
};
