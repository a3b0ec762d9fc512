import type { OwnAccount } from '@parley/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { eventNews } from '../events/event-news.js';
import { listenToEvents } from '../events/event-stream.js';
import { activity, watchActivity } from '../presence/activity.js';
import { useFollowMoves } from '../workspace/use-follow-moves.js';
import { forgetAccount } from '../workspace/query-client.js';
import { applyPeopleEvent } from '../people/apply-people-event.js';
import { applyRingEvent, ringsQuery } from '../ringing/rings-query.js';
import { applyEvent } from './apply-event.js';

/** Keeps what the page knows as it is on the server, while somebody is signed in. Shows nothing. */
export function LiveEvents({ me }: { me: OwnAccount }) {
  const client = useQueryClient();
  const follow = useFollowMoves(me);
  useEffect(
    () =>
      listenToEvents({
        activity,
        onEvent: (event) => {
          applyEvent(client, event, me.id);
          eventNews.set(event);
          applyPeopleEvent(client, event);
          applyRingEvent(client, event);
          follow(event);
        },
        onReload: () => void client.invalidateQueries(),
        // Who is in calls now, who is called, and who is there, is not repeated.
        onResumed: () => {
          void client.invalidateQueries({ queryKey: ['community'] });
          void client.invalidateQueries({ queryKey: ['presence'] });
          void client.invalidateQueries(ringsQuery);
        },
        onSignedOut: () => forgetAccount(client),
      }),
    [client, me.id, follow],
  );
  useEffect(() => watchActivity(), []);
  return null;
}
