import { queryOptions } from '@tanstack/react-query';
import { conversationsApi } from '../api/conversations.js';
import { inOrder } from './conversation-list.js';

/** Those that one is in, where somebody wrote last first. Events keep it current. */
export const conversationsQuery = queryOptions({
  queryKey: ['conversations'],
  queryFn: async () => inOrder((await conversationsApi.list({})).conversations),
  staleTime: Infinity,
});
