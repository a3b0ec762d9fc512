import type { OwnAccount } from '@parley/contract';
import { queryOptions, type QueryClient, type QueryKey } from '@tanstack/react-query';
import { accountsApi } from '../api/accounts.js';
import { invitesApi } from '../api/invites.js';
import { isProblem } from '../api/problem-error.js';

/** A session that was ended on another device is noticed within this time, or when one comes back to the page. */
const LOOK_EVERY_MS = 60_000;

const ME: readonly unknown[] = ['me'];

/** Who is signed in; null for nobody. What somebody else was shown before goes. */
export const meQuery = queryOptions<OwnAccount | null>({
  queryKey: ME,
  queryFn: async ({ client }) => {
    const before = client.getQueryData<OwnAccount | null>(ME);
    const me = await accountsApi.me({}).catch((error: unknown) => {
      if (isProblem(error, 'unauthenticated')) return null;
      throw error;
    });
    if (before !== undefined && before?.id !== me?.id) forgetAllBut(client, ME);
    return me;
  },
  refetchInterval: LOOK_EVERY_MS,
  refetchOnWindowFocus: 'always',
});

export const setUpQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: () => accountsApi.setUpState({}),
});

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: () => accountsApi.sessions({}),
  staleTime: 0,
});

export const inviteQuery = (code: string) =>
  queryOptions({
    queryKey: ['invite', code],
    queryFn: () => invitesApi.look({ code }),
    staleTime: 0,
  });

export function forgetAllBut(client: QueryClient, kept: QueryKey): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== kept[0] });
}
