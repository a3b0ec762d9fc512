import type { MemberPage } from '@parley/contract';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { membersApi } from '../api/members.js';
import { peopleApi } from '../api/people.js';

/** Friends, requests, and whom one has blocked. Events keep it current. */
export const relationsQuery = queryOptions({
  queryKey: ['relations'],
  queryFn: () => peopleApi.relations({}),
  staleTime: Infinity,
});

/** Whom one may write to, by the beginning of a name. What was found before is shown until there is more. */
export const peopleSearchQuery = (text: string) =>
  queryOptions({
    queryKey: ['people', text],
    queryFn: async () => (await peopleApi.find({ query: text === '' ? undefined : text })).people,
    placeholderData: keepPreviousData,
  });

/** Somebody whom one knows, and what they are to one. Events keep it current. */
export const personQuery = (id: string) =>
  queryOptions({ queryKey: ['person', id], queryFn: () => peopleApi.see({ id }) });

/** Somebody in a community. */
export const memberQuery = (communityId: string, userId: string) =>
  queryOptions({
    queryKey: ['members', communityId, userId],
    queryFn: () => membersApi.get({ id: communityId, user_id: userId }),
  });

const PAGE = 100;

/** All members of a community by user name, or those whose names begin so. */
export const membersQuery = (communityId: string, query: string) =>
  infiniteQueryOptions({
    queryKey: ['members', communityId, 'list', query],
    queryFn: ({ pageParam }) =>
      membersApi.list({
        ...{ id: communityId, limit: PAGE, cursor: pageParam },
        query: query === '' ? undefined : query,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }: MemberPage) => next ?? undefined,
    placeholderData: keepPreviousData,
  });
