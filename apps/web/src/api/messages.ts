import {
  catchUp,
  draftRequest,
  forwardRequest,
  messageVersions,
  savedPage,
  savedQuery,
  drafts,
  typingRequest,
  message,
  messageEdit,
  messagePage,
  messagePath,
  messageRequest,
  messagesQuery,
  threadMessagesQuery,
  threadPath,
  followedQuery,
  followedThreads,
  noInput,
  pins,
  pinsPath,
  readMark,
  reactionPath,
  unreadChannels,
} from '@parley/contract';
import { endpoint } from './endpoint.js';

const MESSAGES = '/api/v1/channels/:channel_id/messages';
const THREAD = '/api/v1/channels/:channel_id/threads/:thread_id';
const PINS = '/api/v1/channels/:channel_id/pins';
const SAVED = `${MESSAGES}/:message_id/saved`;
const REACTION = `${MESSAGES}/:message_id/reactions/:emoji`;

/** What is written in channels, and up to where one has read it. */
export const messagesApi = {
  list: endpoint({ method: 'GET', path: MESSAGES, input: messagesQuery, output: messagePage }),
  listThread: endpoint({
    ...{ method: 'GET', path: `${THREAD}/messages`, input: threadMessagesQuery, output: messagePage },
  }),
  get: endpoint({ method: 'GET', path: `${MESSAGES}/:message_id`, input: messagePath, output: message }),
  follow: endpoint({ method: 'PUT', path: `${THREAD}/following`, input: threadPath, output: noInput }),
  unfollow: endpoint({ method: 'DELETE', path: `${THREAD}/following`, input: threadPath, output: noInput }),
  followed: endpoint({
    ...{ method: 'GET', path: '/api/v1/me/threads', input: followedQuery, output: followedThreads },
  }),
  markUnread: endpoint({
    ...{ method: 'POST', path: '/api/v1/channels/:channel_id/unread', input: readMark, output: noInput },
  }),
  keepDraft: endpoint({
    ...{ method: 'PUT', path: '/api/v1/channels/:channel_id/draft', input: draftRequest, output: noInput },
  }),
  drafts: endpoint({ method: 'GET', path: '/api/v1/me/drafts', input: noInput, output: drafts }),
  saved: endpoint({ method: 'GET', path: '/api/v1/me/saved', input: savedQuery, output: savedPage }),
  versions: endpoint({
    ...{
      method: 'GET',
      path: `${MESSAGES}/:message_id/versions`,
      input: messagePath,
      output: messageVersions,
    },
  }),
  forward: endpoint({
    ...{
      method: 'POST',
      path: '/api/v1/channels/:channel_id/forwards',
      input: forwardRequest,
      output: message,
    },
  }),
  typing: endpoint({
    ...{ method: 'POST', path: '/api/v1/channels/:channel_id/typing', input: typingRequest, output: noInput },
  }),
  send: endpoint({ method: 'POST', path: MESSAGES, input: messageRequest, output: message }),
  edit: endpoint({ method: 'PATCH', path: `${MESSAGES}/:message_id`, input: messageEdit, output: message }),
  delete: endpoint({
    method: 'DELETE',
    path: `${MESSAGES}/:message_id`,
    input: messagePath,
    output: noInput,
  }),
  react: endpoint({ method: 'PUT', path: REACTION, input: reactionPath, output: noInput }),
  unreact: endpoint({ method: 'DELETE', path: REACTION, input: reactionPath, output: noInput }),
  pins: endpoint({ method: 'GET', path: PINS, input: pinsPath, output: pins }),
  pin: endpoint({ method: 'PUT', path: `${PINS}/:message_id`, input: messagePath, output: noInput }),
  unpin: endpoint({ method: 'DELETE', path: `${PINS}/:message_id`, input: messagePath, output: noInput }),
  save: endpoint({ method: 'PUT', path: SAVED, input: messagePath, output: noInput }),
  unsave: endpoint({ method: 'DELETE', path: SAVED, input: messagePath, output: noInput }),
  read: endpoint({
    ...{ method: 'POST', path: '/api/v1/channels/:channel_id/read', input: readMark, output: noInput },
  }),
  readAll: endpoint({ method: 'POST', path: '/api/v1/me/read', input: catchUp, output: noInput }),
  unread: endpoint({ method: 'GET', path: '/api/v1/me/unread', input: noInput, output: unreadChannels }),
};
