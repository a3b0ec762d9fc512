import type { Ring, WorkspaceEventBody } from '@parley/contract';
import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { callsApi } from '../api/calls.js';

/** Calls of one's conversations that are on. Events keep it current. */
export const ringsQuery = queryOptions({
  queryKey: ['calls'],
  queryFn: async () => (await callsApi.own({})).calls,
  staleTime: Infinity,
});

/** Somebody calls, or what became of it has changed. */
export function applyRingEvent(client: QueryClient, { type, payload }: WorkspaceEventBody): void {
  if (type !== 'voice_ringing') return;
  const known = client.getQueryData(ringsQuery.queryKey);
  // An answer that is under way may be older.
  if (known === undefined || client.isFetching(ringsQuery) > 0) {
    void client.invalidateQueries(ringsQuery);
    return;
  }
  client.setQueryData(ringsQuery.queryKey, withRing(known, payload));
}

export function withRing(rings: readonly Ring[], ring: Ring): Ring[] {
  const others = rings.filter(({ channel_id }) => channel_id !== ring.channel_id);
  return ring.ended ? others : [...others, ring];
}
