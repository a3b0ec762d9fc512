import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { messagesApi } from '../api/messages.js';
import { unreadQuery } from '../messages/message-queries.js';
import { findingTexts } from '../texts/finding/finding-texts.js';
import { useNotices } from '../ui/use-notices.js';
import { problemText } from '../workspace/problem-text.js';

/** In what all is to be read; everywhere if nothing is said. */
export interface ReadAllWish {
  community_id?: string;
  channel_id?: string;
}

/** Marks all that there is as read, and says so where more than one channel is meant. */
export function useReadAll(): (wish: ReadAllWish) => void {
  const client = useQueryClient();
  const { notify } = useNotices();
  return useCallback(
    ({
      community_id = null,
      channel_id = null,
    }: {
      community_id?: string | null;
      channel_id?: string | null;
    }) => {
      messagesApi.readAll({ community_id, channel_id }).then(
        () => {
          // Events say so as well, and may come late.
          void client.invalidateQueries(unreadQuery);
          if (channel_id === null && community_id === null) notify(findingTexts.deeds.readDone);
        },
        (error: unknown) => notify(problemText(error), 'problem'),
      );
    },
    [client, notify],
  );
}
