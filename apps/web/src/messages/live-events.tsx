import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { eventNews } from '../events/event-news.js';
import { listenToEvents } from '../events/event-stream.js';
import { forgetAccount } from '../workspace/query-client.js';
import { applyPeopleEvent } from '../people/apply-people-event.js';
import { applyEvent } from './apply-event.js';

/** Keeps what the page knows as it is on the server, while somebody is signed in. Shows nothing. */
export function LiveEvents({ me }: { me: string }) {
  const client = useQueryClient();
  useEffect(
    () =>
      listenToEvents({
        onEvent: (event) => {
          applyEvent(client, event, me);
          eventNews.set(event);
          applyPeopleEvent(client, event);
        },
        onReload: () => void client.invalidateQueries(),
        // Who is in calls now is not repeated.
        onResumed: () => void client.invalidateQueries({ queryKey: ['community'] }),
        onSignedOut: () => forgetAccount(client),
      }),
    [client, me],
  );
  return null;
}
