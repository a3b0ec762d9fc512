import type { Message } from '@parley/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { messagesApi } from '../api/messages.js';
import { unreadQuery } from './message-queries.js';
import { firstNew, withCounts } from './unread.js';

export interface Reading {
  channelId: string;
  messages: readonly Message[];
  /** Id of who reads. */
  me: string;
  isAtEnd: boolean;
}

/**
 * Marks a channel as read while its end is seen in a window that has the focus.
 * @returns Id of the message above which the line of what is new stands.
 */
export function useReading({ channelId, messages, me, isAtEnd }: Reading): string | undefined {
  const client = useQueryClient();
  const { data } = useQuery(unreadQuery);
  const isSeen = useWindowFocus() && isAtEnd;
  const counts = data?.find(({ channel_id }) => channel_id === channelId);
  const hasNew = data === undefined ? undefined : (counts?.unread ?? 0) > 0;

  // The line stays where it was when one came, or when one looked away.
  const [before, setBefore] = useState<boolean>();
  const [lastRead, setLastRead] = useState<string | null>();
  if (hasNew !== before) {
    setBefore(hasNew);
    if (hasNew === true && (before === undefined || !isSeen)) setLastRead(counts?.last_read_id ?? null);
  }

  const newest = messages.at(-1)?.id;
  useEffect(() => {
    if (!isSeen || hasNew !== true || newest === undefined) return;
    client.setQueryData(
      unreadQuery.queryKey,
      (channels) =>
        channels && withCounts(channels, channelId, { last_read_id: newest, unread: 0, mentions: 0 }),
    );
    // What was not marked is new again when the page is loaded.
    void messagesApi
      .read({ channel_id: channelId, message_id: newest, thread_id: null })
      .catch(() => undefined);
  }, [client, channelId, isSeen, hasNew, newest]);

  return lastRead === undefined ? undefined : firstNew(messages, lastRead, me);
}

function useWindowFocus(): boolean {
  return useSyncExternalStore(subscribe, () => document.hasFocus());
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('focus', listener);
  window.addEventListener('blur', listener);
  return () => {
    window.removeEventListener('focus', listener);
    window.removeEventListener('blur', listener);
  };
}
