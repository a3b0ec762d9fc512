import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { isProblem, ProblemError } from '../api/problem-error.js';
import { forgetAllBut, meQuery } from './account-queries.js';

const MOST_RETRIES = 2;
const FRESH_MS = 30_000;

/** What the workspace knows of the server, kept while the page is open. */
export function createQueryClient(): QueryClient {
  const onError = (error: unknown) => {
    if (isProblem(error, 'unauthenticated')) forgetAccount(client);
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (failures, error) => failures < MOST_RETRIES && mayPass(error),
      },
    },
  });
  return client;
}

/** Nobody is signed in any more: whatever they could see goes. */
export function forgetAccount(client: QueryClient): void {
  client.setQueryData(meQuery.queryKey, null);
  forgetAllBut(client, meQuery.queryKey);
}

/** Somebody has signed in, and the cookie is there. */
export async function learnAccount(client: QueryClient): Promise<void> {
  await client.query({ ...meQuery, staleTime: 0 });
}

function mayPass(error: unknown): boolean {
  return (
    error instanceof ProblemError &&
    (error.code === 'unreachable' || error.code === 'unavailable' || error.code === 'internal')
  );
}
