import type { SearchPage } from '@parley/contract';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { findingApi } from '../api/finding.js';

export type SearchSort = 'relevance' | 'newest';

const PAGE = 25;
const FRESH_MS = 30_000;

/** What was found by a query that is not empty, in pages. */
export const searchResults = (q: string, sort: SearchSort) =>
  infiniteQueryOptions({
    queryKey: ['search', q, sort],
    queryFn: ({ pageParam }) => findingApi.search({ q, sort, limit: PAGE, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }: SearchPage) => next ?? undefined,
    enabled: q !== '',
    staleTime: FRESH_MS,
  });
