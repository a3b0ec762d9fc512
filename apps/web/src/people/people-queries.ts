import { keepPreviousData, queryOptions } from '@tanstack/react-query';
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
