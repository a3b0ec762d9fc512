import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import { findingApi } from '../api/finding.js';
import { personPlace, type Place } from './places.js';

const FEWEST_LETTERS = 2;
const FRESH_MS = 60_000;
const MOST = 8;

/** Members of the community in which one is whose names begin with what is typed: not all of them are known here. */
export function useMemberPlaces(query: string, pathname: string): Place[] {
  const text = useDeferredValue(query.replace(/^@/u, ''));
  const id = /^\/c\/([^/]+)/u.exec(pathname)?.[1] ?? '';
  const { data } = useQuery({
    queryKey: ['members', id, 'named', text],
    queryFn: () => findingApi.members({ id, query: text, limit: MOST }),
    enabled: id !== '' && text.length >= FEWEST_LETTERS && !query.startsWith('#'),
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
    retry: false,
  });
  return useMemo(
    () =>
      (data?.members ?? []).map(({ person, nickname }) => ({
        ...personPlace(person),
        ...(nickname !== null && { name: nickname }),
      })),
    [data],
  );
}
