import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { startQuery } from '../finding/start-query.js';
import { unreadQuery } from '../messages/message-queries.js';
import { newsOf, type News } from './news.js';
import { notificationsQuery } from './notifications-query.js';
import { communitiesOf, rulesOf } from './rules.js';

/** What is muted for a time ends no later than so after it. */
const LOOK_EVERY_MS = 30_000;

/** What is new, by channel, as it is to be shown. */
export function useNews(): ReadonlyMap<string, News> {
  const { data: unread } = useQuery(unreadQuery);
  const { data: start } = useQuery(startQuery);
  const { data: settings } = useQuery(notificationsQuery);
  const now = useNow();
  return useMemo(() => {
    const places = communitiesOf(start ?? { communities: [], conversations: [] });
    return new Map(
      (unread ?? []).map((counts) => [
        counts.channel_id,
        newsOf(counts, rulesOf(settings, places, counts.channel_id), now),
      ]),
    );
  }, [unread, start, settings, now]);
}

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
