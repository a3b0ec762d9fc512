import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import { findingApi } from '../api/finding.js';
import { personPlace, type Place } from './places.js';

const FEWEST_LETTERS = 2;
const FRESH_MS = 60_000;
const MOST = 8;
/** Of all, where one may choose from them before one types. */
const MOST_OF_ALL = 50;

/** Members of the community in which one is whose names begin with what is typed: not all of them are known here. */
export function useMemberPlaces(query: string, pathname: string, offersAll = false): Place[] {
  const text = useDeferredValue(query.replace(/^@/u, ''));
  const id = /^\/c\/([^/]+)/u.exec(pathname)?.[1] ?? '';
  const { data } = useQuery({
    queryKey: ['members', id, 'named', text],
    queryFn: () =>
      findingApi.members(text === '' ? { id, limit: MOST_OF_ALL } : { id, query: text, limit: MOST }),
    enabled: id !== '' && (offersAll || text.length >= FEWEST_LETTERS) && !query.startsWith('#'),
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
