import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { startQuery } from '../finding/start-query.js';
import { unreadQuery } from '../messages/message-queries.js';
import { newsOf, type News } from './news.js';

/** What is new, by channel. */
export function useNews(): ReadonlyMap<string, News> {
  const { data: unread } = useQuery(unreadQuery);
  const { data: start } = useQuery(startQuery);
  return useMemo(
    () => newsOf(unread ?? [], new Set(start?.conversations.map(({ id }) => id))),
    [unread, start],
  );
}
