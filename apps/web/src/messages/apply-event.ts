import type { MessageFacts, WorkspaceEventBody } from '@parley/contract';
import type { QueryClient } from '@tanstack/react-query';
import { notificationsQuery } from '../notifications/notifications-query.js';
import { changeScheduled } from '../scheduled/scheduled-queries.js';
import { applyVoice } from '../workspace/voice-cache.js';
import { changeDraft } from './draft-queries.js';
import { setCounts } from './counts.js';
import {
  changeMessage,
  newMessage,
  withoutMessage,
  withoutReaction,
  withReaction,
  withThread,
  type LoadedMessages,
} from './message-cache.js';
import {
  changeLoaded,
  followedQuery,
  pinsQuery,
  savedQuery,
  unreadQuery,
  type MessageRowPlace,
} from './message-queries.js';
import { showMessage } from './send-message.js';
import { hideTyping, showTyping } from './typing.js';
import { callsOne, countMessage } from './unread.js';

/** Changes what is known by what has happened. @param me Id of who is signed in. */
export function applyEvent(client: QueryClient, { type, payload }: WorkspaceEventBody, me: string): void {
  const change = (channelId: string, how: (loaded: LoadedMessages) => LoadedMessages) =>
    changeLoaded(client, channelId, how);

  switch (type) {
    case 'message_created':
      showMessage(client, newMessage(payload.message), payload.nonce);
      hideTyping(client, placeOf(payload.message), payload.message.author?.id ?? '');
      if (payload.message.thread_id !== null) void client.invalidateQueries(followedQuery);
      else if (payload.message.author?.id !== me) count(client, payload.message, me);
      return;
    case 'message_edited': {
      const { channel_id, id, text, edited_at, mentions } = payload;
      change(channel_id, (loaded) =>
        changeMessage(loaded, id, (message) => ({ ...message, text, edited_at, mentions })),
      );
      void client.invalidateQueries(pinsQuery(channel_id));
      return;
    }
    case 'message_deleted':
      change(payload.channel_id, (loaded) => withoutMessage(loaded, payload.id));
      void client.invalidateQueries(pinsQuery(payload.channel_id));
      if (payload.thread_id === null) forgetCount(client, payload.channel_id);
      else void client.invalidateQueries(followedQuery);
      return;
    case 'thread_changed': {
      const { channel_id, thread_id, thread } = payload;
      change(channel_id, (loaded) =>
        changeMessage(loaded, thread_id, (message) => withThread(message, thread, me)),
      );
      return;
    }
    case 'following_changed': {
      const { channel_id, thread_id, following } = payload;
      change(channel_id, (loaded) =>
        changeMessage(loaded, thread_id, (message) => ({
          ...message,
          thread: message.thread && { ...message.thread, following },
        })),
      );
      void client.invalidateQueries(followedQuery);
      return;
    }
    case 'reaction_added':
    case 'reaction_removed': {
      const { channel_id, message_id, emoji, user_id } = payload;
      const how = type === 'reaction_added' ? withReaction : withoutReaction;
      change(channel_id, (loaded) =>
        changeMessage(loaded, message_id, (message) => how(message, { emoji, mine: user_id === me })),
      );
      return;
    }
    case 'message_pinned':
    case 'message_unpinned': {
      const pinned = type === 'message_pinned';
      change(payload.channel_id, (loaded) =>
        changeMessage(loaded, payload.message_id, (message) => ({ ...message, pinned })),
      );
      void client.invalidateQueries(pinsQuery(payload.channel_id));
      return;
    }
    case 'reading_changed':
      setCounts(client, placeOf(payload), payload);
      return;
    case 'typing':
      if (payload.user_id === me) return;
      showTyping(client, placeOf(payload), { id: payload.user_id, name: payload.name, now: Date.now() });
      return;
    case 'draft_changed':
      changeDraft(client, placeOf(payload), payload.draft);
      return;
    case 'scheduled_changed':
      changeScheduled(client, payload.id, payload.scheduled);
      return;
    case 'voice_changed':
      applyVoice(client, payload);
      return;
    case 'saved_changed': {
      const { channel_id, message_id, saved } = payload;
      change(channel_id, (loaded) => changeMessage(loaded, message_id, (message) => ({ ...message, saved })));
      void client.invalidateQueries(savedQuery);
      return;
    }
    case 'community_changed':
    case 'community_deleted':
    case 'community_joined':
    case 'community_left':
    case 'permissions_changed':
    case 'channel_created':
    case 'channel_changed':
    case 'channel_deleted':
    case 'channels_moved':
    case 'roles_changed':
      void client.invalidateQueries({ queryKey: ['start'] });
      void client.invalidateQueries({ queryKey: ['community'] });
      void client.invalidateQueries({ queryKey: ['communities'] });
      return;
    case 'notifications_changed':
      void client.invalidateQueries(notificationsQuery);
      // Which words call one is another now.
      void client.invalidateQueries(unreadQuery);
      return;
    case 'conversation_opened':
    case 'conversation_changed':
    case 'conversation_left':
    case 'relation_changed':
    case 'profile_changed':
      void client.invalidateQueries({ queryKey: ['start'] });
      return;
    default:
  }
}

function placeOf(of: { channel_id: string; thread_id: string | null }): MessageRowPlace {
  return { channelId: of.channel_id, threadId: of.thread_id };
}

function count(client: QueryClient, message: MessageFacts, me: string): void {
  const keywords = client.getQueryData(notificationsQuery.queryKey)?.keywords ?? [];
  const calls = callsOne(message, me, keywords);
  client.setQueryData(unreadQuery.queryKey, (channels) => channels && countMessage(channels, message, calls));
  // Only the server knows whom a role calls.
  if (message.mentions.role_ids.length > 0) void client.invalidateQueries(unreadQuery);
}

/** It may have been new. */
function forgetCount(client: QueryClient, channelId: string): void {
  const channels = client.getQueryData(unreadQuery.queryKey);
  const isNew = channels?.some(({ channel_id, unread }) => channel_id === channelId && unread > 0);
  if (isNew === true) void client.invalidateQueries(unreadQuery);
}
