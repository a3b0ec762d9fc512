import type { Community } from '@parley/contract';
import { queryOptions } from '@tanstack/react-query';
import { communitiesApi } from '../api/communities.js';
import { withNewestVoice } from './newest-voice.js';

/** Those that one is a member of. */
export const communitiesQuery = queryOptions({
  queryKey: ['communities'],
  queryFn: async () => (await communitiesApi.list({})).communities,
});

/** One of them, with its channels. */
export const communityQuery = (id: string) =>
  queryOptions({
    queryKey: ['community', id],
    queryFn: async ({ client, queryKey }) => {
      const community = await communitiesApi.get({ id });
      return withNewestVoice(client.getQueryData<Community>(queryKey), community);
    },
  });
