import type { Presence } from '@parley/contract';
import { queryOptions } from '@tanstack/react-query';
import { peopleApi } from '../api/people.js';
import { presenceApi } from '../api/presence.js';
import { gather } from './gather.js';

const presenceOf = gather(async (ids) => {
  const { people } = await presenceApi.list({ user_ids: ids.join() });
  return new Map(people.map(({ user_id, presence }) => [user_id, presence]));
});

/** Whether somebody is there. Events keep it current. */
export const presenceQuery = (id: string) =>
  queryOptions<Presence>({
    queryKey: ['presence', id],
    queryFn: async () => (await presenceOf(id)) ?? 'offline',
    enabled: id !== '',
    staleTime: Infinity,
  });

/** Oneself, with what only oneself knows. Events keep it current. */
export const profileQuery = queryOptions({
  queryKey: ['profile'],
  queryFn: () => peopleApi.profile({}),
  staleTime: Infinity,
});
