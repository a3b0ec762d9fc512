import type { UnreadCounts } from '@parley/contract';
import { useQuery, type QueryClient } from '@tanstack/react-query';
import { messagesApi } from '../api/messages.js';
import { followedQuery, unreadQuery, type MessageRowPlace } from './message-queries.js';
import { withCounts } from './unread.js';

const NOTHING_NEW: UnreadCounts = { last_read_id: null, unread: 0, mentions: 0 };

/** What is new in a channel, or in a thread that one follows; undefined until it is known. */
export function useCounts({ channelId, threadId }: MessageRowPlace): UnreadCounts | undefined {
  const channels = useQuery(unreadQuery).data;
  const followed = useQuery({ ...followedQuery, enabled: threadId !== null }).data;
  if (threadId === null)
    return channels && (channels.find(({ channel_id }) => channel_id === channelId) ?? NOTHING_NEW);
  return followed && (followed.find(({ message }) => message.id === threadId) ?? NOTHING_NEW);
}

/** Changes what is known to be new. */
export function setCounts(client: QueryClient, place: MessageRowPlace, counts: UnreadCounts): void {
  const { channelId, threadId } = place;
  if (threadId === null) {
    client.setQueryData(
      unreadQuery.queryKey,
      (channels) => channels && withCounts(channels, channelId, counts),
    );
    return;
  }
  const { last_read_id, unread, mentions } = counts;
  client.setQueryData(followedQuery.queryKey, (threads) =>
    threads?.map((thread) =>
      thread.message.id === threadId ? { ...thread, last_read_id, unread, mentions } : thread,
    ),
  );
}

/** Marks all up to a message as read, here and on the server. */
export function markRead(client: QueryClient, place: MessageRowPlace, newest: string): void {
  setCounts(client, place, { ...NOTHING_NEW, last_read_id: newest });
  const { channelId, threadId } = place;
  // What was not marked is new again when the page is loaded.
  void messagesApi
    .read({ channel_id: channelId, message_id: newest, thread_id: threadId })
    .catch(() => undefined);
}
