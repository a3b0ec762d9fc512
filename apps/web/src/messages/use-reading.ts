import type { Message } from '@parley/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { markRead, useCounts } from './counts.js';
import type { MessageRowPlace } from './message-queries.js';
import { firstNew } from './unread.js';

export interface Reading {
  place: MessageRowPlace;
  messages: readonly Message[];
  /** Id of who reads. */
  me: string;
  isAtEnd: boolean;
}

/**
 * Marks a channel or thread as read while its end is seen in a window that has the focus.
 * @returns Id of the message above which the line of what is new stands.
 */
export function useReading({ place, messages, me, isAtEnd }: Reading): string | undefined {
  const client = useQueryClient();
  const counts = useCounts(place);
  const isSeen = useWindowFocus() && isAtEnd;
  const hasNew = counts && counts.unread > 0;

  // The line stays where it was when one came, or when one looked away.
  const [before, setBefore] = useState<boolean>();
  const [lastRead, setLastRead] = useState<string | null>();
  if (hasNew !== before) {
    setBefore(hasNew);
    if (hasNew === true && (before === undefined || !isSeen)) setLastRead(counts.last_read_id);
  }

  const newest = messages.at(-1)?.id;
  useEffect(() => {
    if (isSeen && hasNew === true && newest !== undefined) markRead(client, place, newest);
  }, [client, place, isSeen, hasNew, newest]);

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
