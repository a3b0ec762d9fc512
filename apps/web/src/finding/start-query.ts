import { queryOptions } from '@tanstack/react-query';
import { findingApi } from '../api/finding.js';

/** Everything one can go to. Events keep it current. */
export const startQuery = queryOptions({
  queryKey: ['start'],
  queryFn: () => findingApi.start({}),
  staleTime: Infinity,
});
