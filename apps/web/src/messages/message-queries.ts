import type { Message, MessagePage } from '@parley/contract';
import {
  infiniteQueryOptions,
  queryOptions,
  skipToken,
  type QueryClient,
  type QueryFilters,
} from '@tanstack/react-query';
import { messagesApi } from '../api/messages.js';
import { withMessage, type LoadedMessages } from './message-cache.js';
import type { PendingMessage } from './pending-message.js';

/** Messages that stand in one row: those of a channel, or of a thread in it. */
export interface MessageRowPlace {
  channelId: string;
  /** Null for the channel itself. */
  threadId: string | null;
}

/** Which piece of the row is loaded; nothing for the newest. */
interface PageWish {
  before?: string;
  after?: string;
  around?: string;
}

const PAGE = 50;
const MESSAGES = 'messages';

/**
 * Messages from the newest on or, with `around`, those around one. Events keep them current; all that is loaded of a
 * channel stands under one key.
 */
export const messagesQuery = ({ channelId, threadId }: MessageRowPlace, around?: string) =>
  infiniteQueryOptions({
    queryKey: [MESSAGES, channelId, threadId, around ?? 'newest'],
    queryFn: ({ pageParam }) => {
      const wish = { channel_id: channelId, limit: PAGE, ...pageParam };
      return threadId === null
        ? messagesApi.list(wish)
        : messagesApi.listThread({ ...wish, thread_id: threadId });
    },
    initialPageParam: firstPage(around),
    getNextPageParam: ({ older, messages: [oldest] }: MessagePage): PageWish | undefined =>
      older && oldest !== undefined ? { before: oldest.id } : undefined,
    getPreviousPageParam: ({ newer, messages }: MessagePage): PageWish | undefined => {
      const newest = messages.at(-1);
      return newer && newest !== undefined ? { after: newest.id } : undefined;
    },
    staleTime: Infinity,
  });

function firstPage(around: string | undefined): PageWish {
  return around === undefined ? {} : { around };
}

/** One message, as a piece of its row. */
export const messageQuery = (channelId: string, id: string) =>
  infiniteQueryOptions({
    queryKey: [MESSAGES, channelId, 'one', id],
    queryFn: async (): Promise<MessagePage> => ({
      messages: [await messagesApi.get({ channel_id: channelId, message_id: id })],
      older: false,
      newer: true,
    }),
    initialPageParam: undefined,
    getNextPageParam: () => undefined,
    staleTime: Infinity,
  });

/** What one has sent and is not known to be there. */
export const pendingQuery = ({ channelId, threadId }: MessageRowPlace) =>
  queryOptions<readonly PendingMessage[]>({
    queryKey: ['pending', channelId, threadId],
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

/** What one has saved, the last first. Events keep it current. */
export const savedQuery = queryOptions({
  queryKey: ['saved'],
  queryFn: async () => (await messagesApi.saved({ limit: PAGE })).messages,
  staleTime: Infinity,
});

/** What is new in every channel. Events keep it current. */
export const unreadQuery = queryOptions({
  queryKey: ['unread'],
  queryFn: async () => (await messagesApi.unread({})).channels,
  staleTime: Infinity,
});

/** The threads that one follows and that were answered last, with what is new in them. */
export const followedQuery = queryOptions({
  queryKey: ['followed'],
  queryFn: async () => (await messagesApi.followed({ limit: PAGE })).threads,
  staleTime: Infinity,
});

/** Changes what is loaded of a channel and of its threads. */
export function changeLoaded(
  client: QueryClient,
  channelId: string,
  change: (loaded: LoadedMessages) => LoadedMessages,
): void {
  changeAll(client, { queryKey: [MESSAGES, channelId] }, change);
}

/** Puts a message that has just been written where it stands. */
export function addLoaded(client: QueryClient, message: Message): void {
  const { channel_id, thread_id } = message;
  changeAll(client, { queryKey: [MESSAGES, channel_id, thread_id] }, (loaded) =>
    withMessage(loaded, message),
  );
}

function changeAll(
  client: QueryClient,
  filter: QueryFilters,
  change: (loaded: LoadedMessages) => LoadedMessages,
): void {
  client.setQueriesData<LoadedMessages>(filter, (loaded) => loaded && change(loaded));
  // What is being loaded replaces what was there before, and may have been read before the change.
  for (const { queryKey, state, promise } of client.getQueryCache().findAll(filter)) {
    if (state.fetchStatus !== 'fetching') continue;
    const again = () => void client.invalidateQueries({ queryKey });
    void promise?.then(again, again);
  }
}

/** Loads again what is loaded of a channel and of its threads. */
export function reloadMessages(client: QueryClient, channelId: string): void {
  void client.invalidateQueries({ queryKey: [MESSAGES, channelId] });
}
