import type { Draft } from '@parley/contract';
import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { messagesApi } from '../api/messages.js';
import type { MessageRowPlace } from './message-queries.js';

/** What one has begun to write anywhere. Events keep it current. */
export const draftsQuery = queryOptions({
  queryKey: ['drafts'],
  queryFn: async () => (await messagesApi.drafts({})).drafts,
  staleTime: Infinity,
});

export function draftIn(
  drafts: readonly Draft[],
  { channelId, threadId }: MessageRowPlace,
): Draft | undefined {
  return drafts.find(({ channel_id, thread_id }) => channel_id === channelId && thread_id === threadId);
}

/** @param draft null when there is none any more. */
export function changeDraft(client: QueryClient, place: MessageRowPlace, draft: Draft | null): void {
  client.setQueryData(draftsQuery.queryKey, (drafts) => {
    if (drafts === undefined) return undefined;
    const before = draftIn(drafts, place);
    const others = drafts.filter((other) => other !== before);
    return draft === null ? others : [draft, ...others];
  });
}
