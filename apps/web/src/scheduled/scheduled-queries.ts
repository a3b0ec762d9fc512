import type { ScheduledMessage } from '@parley/contract';
import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { scheduledApi } from '../api/scheduled.js';

/** What one sends later, what is due first first. Events keep it current. */
export const scheduledQuery = queryOptions({
  queryKey: ['scheduled'],
  queryFn: async () => (await scheduledApi.list({})).scheduled,
  staleTime: Infinity,
});

/** @param scheduled null when it is sent, or taken back. */
export function changeScheduled(client: QueryClient, id: string, scheduled: ScheduledMessage | null): void {
  client.setQueryData(scheduledQuery.queryKey, (all) => {
    const others = all?.filter((other) => other.id !== id);
    if (scheduled === null || others === undefined) return others;
    return [...others, scheduled].sort((a, b) => Date.parse(a.send_at) - Date.parse(b.send_at));
  });
}
