import type { MessagePage } from '@parley/contract';
import { infiniteQueryOptions, queryOptions, skipToken, type QueryClient } from '@tanstack/react-query';
import { messagesApi } from '../api/messages.js';
import type { LoadedMessages } from './message-cache.js';
import type { PendingMessage } from './pending-message.js';

const PAGE = 50;

/** The messages of a channel, from the newest on. Events keep them current. */
export const messagesQuery = (channelId: string) =>
  infiniteQueryOptions({
    queryKey: ['messages', channelId],
    queryFn: ({ pageParam }) => messagesApi.list({ channel_id: channelId, limit: PAGE, before: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ older, messages }: MessagePage) => (older ? messages[0]?.id : undefined),
    staleTime: Infinity,
  });

/** What one has sent to a channel and is not known to be there. */
export const pendingQuery = (channelId: string) =>
  queryOptions<readonly PendingMessage[]>({
    queryKey: ['pending', channelId],
    queryFn: skipToken,
    staleTime: Infinity,
    gcTime: Infinity,
  });

/** What is pinned in a channel, the last first. */
export const pinsQuery = (channelId: string) =>
  queryOptions({
    queryKey: ['pins', channelId],
    queryFn: async () => (await messagesApi.pins({ channel_id: channelId })).pins,
    staleTime: Infinity,
  });

/** What is new in every channel. Events keep it current. */
export const unreadQuery = queryOptions({
  queryKey: ['unread'],
  queryFn: async () => (await messagesApi.unread({})).channels,
  staleTime: Infinity,
});

/** Changes what is loaded of a channel. */
export function changeLoaded(
  client: QueryClient,
  channelId: string,
  change: (loaded: LoadedMessages) => LoadedMessages,
): void {
  const { queryKey } = messagesQuery(channelId);
  client.setQueryData(queryKey, (loaded) => loaded && change(loaded));
  // What is being loaded replaces what was there before, and may have been read before the change.
  const query = client.getQueryCache().find({ queryKey });
  if (query?.state.fetchStatus !== 'fetching') return;
  const again = () => void client.invalidateQueries({ queryKey });
  void query.promise?.then(again, again);
}
