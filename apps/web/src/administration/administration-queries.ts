import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { channelsApi } from '../api/channels.js';
import { communitiesApi } from '../api/communities.js';
import { moderationApi } from '../api/moderation.js';
import { isProblem } from '../api/problem-error.js';

const PAGE = 50;

/** Those whose names begin with something, or all; by user name. */
export const membersQuery = (communityId: string, beginning: string) =>
  infiniteQueryOptions({
    queryKey: ['members', communityId, beginning],
    queryFn: ({ pageParam }) =>
      moderationApi.members({
        ...{ id: communityId, limit: PAGE, cursor: pageParam },
        query: beginning === '' ? undefined : beginning,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    staleTime: 0,
  });

/** One of them; null for who is none. */
export const memberQuery = (communityId: string, userId: string) =>
  queryOptions({
    queryKey: ['member', communityId, userId],
    queryFn: () =>
      moderationApi.member({ id: communityId, user_id: userId }).catch((error: unknown) => {
        if (isProblem(error, 'not_found')) return null;
        throw error;
      }),
    staleTime: 0,
  });

export const bansQuery = (communityId: string) =>
  infiniteQueryOptions({
    queryKey: ['bans', communityId],
    queryFn: ({ pageParam }) => moderationApi.bans({ id: communityId, limit: PAGE, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    staleTime: 0,
  });

export const invitesQuery = (communityId: string) =>
  queryOptions({
    queryKey: ['invites', communityId],
    queryFn: async () => (await communitiesApi.invites({ id: communityId })).invites,
    staleTime: 0,
  });

export const overwritesQuery = (channelId: string) =>
  queryOptions({
    queryKey: ['overwrites', channelId],
    queryFn: () => channelsApi.overwrites({ id: channelId }),
    staleTime: 0,
  });
