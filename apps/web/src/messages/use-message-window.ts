import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { messagesApi } from '../api/messages.js';
import type { ChannelSearch } from '../lib/channel-search.js';
import { messageTexts } from '../texts/messages/message-texts.js';
import { useNotices } from '../ui/use-notices.js';
import { messagesIn } from './message-cache.js';
import type { Target } from './message-list.js';
import { messagesQuery, type MessageRowPlace } from './message-queries.js';

export interface WindowWish {
  place: MessageRowPlace;
  mayRead: boolean;
  /** Id of the message that the address asks for. */
  asked: string | undefined;
}

/** What of a channel or thread is loaded: the newest messages or, after a jump, those around one. */
export function useMessageWindow({ place, mayRead, asked }: WindowWish) {
  const navigate = useNavigate();
  const { notify } = useNotices();
  /** Around which message; undefined for the newest. */
  const [around, setAround] = useState(asked);
  const [target, setTarget] = useState<Target>();
  const loaded = useInfiniteQuery({ ...messagesQuery(place, around), enabled: mayRead });
  const messages = useMemo(() => (loaded.data === undefined ? [] : messagesIn(loaded.data)), [loaded.data]);

  // The address asks once, and is as before then: what is asked for again is jumped to again.
  const [lastAsked, setLastAsked] = useState<string>();
  if (asked !== lastAsked) {
    setLastAsked(asked);
    if (asked !== undefined) {
      setTarget({ id: asked });
      if (!messages.some(({ id }) => id === asked)) setAround(asked);
    }
  }
  useEffect(() => {
    if (asked === undefined) return;
    const search = (before: ChannelSearch) => ({ ...before, message: undefined });
    void navigate({ to: '.', search, replace: true });
  }, [asked, navigate]);

  const toPresent = useCallback(() => setAround(undefined), []);
  const missing =
    loaded.data !== undefined && around !== undefined && !messages.some(({ id }) => id === around)
      ? around
      : undefined;
  useEffect(() => {
    if (missing === undefined) return;
    messagesApi.get({ channel_id: place.channelId, message_id: missing }).then(
      ({ thread_id }) => {
        toPresent();
        // It stands in a thread.
        if (thread_id !== null && thread_id !== place.threadId)
          void navigate({ to: '.', search: { thread: thread_id, message: missing } });
      },
      () => {
        toPresent();
        notify(messageTexts.messages.notHere, 'problem');
      },
    );
  }, [missing, place, navigate, notify, toPresent]);

  return { loaded, messages, target, toPresent };
}
