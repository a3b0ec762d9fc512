import type { Conversation } from '@parley/contract';
import { useMutation, useQueryClient, type QueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { conversationsApi } from '../api/conversations.js';
import { isProblem } from '../api/problem-error.js';
import { conversationTexts } from '../texts/conversations/conversation-texts.js';
import { problemText } from '../workspace/problem-text.js';
import { withConversation } from './conversation-list.js';
import { conversationsQuery } from './conversation-queries.js';

export interface Beginning {
  userIds: readonly string[];
  /** Of a group; empty for none. */
  name?: string;
}

/** Begins a conversation with one person or several, or finds the one that there is, and goes there. */
export function useBegin(): UseMutationResult<Conversation, Error, Beginning> {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: ({ userIds, name = '' }) => {
      const [first, ...others] = userIds;
      if (first !== undefined && others.length === 0) return conversationsApi.openDirect({ user_id: first });
      return conversationsApi.openGroup({ user_ids: [...userIds], name });
    },
    onSuccess: async (conversation) => {
      keepConversation(client, conversation);
      await navigate({ to: '/d/$channel', params: { channel: conversation.id } });
    },
  });
}

export function keepConversation(client: QueryClient, conversation: Conversation): void {
  client.setQueryData(
    conversationsQuery.queryKey,
    (conversations) => conversations && withConversation(conversations, conversation),
  );
}

/** Why one may not write to somebody is not told; what helps is. */
export function beginProblem(error: unknown): string {
  return isProblem(error, 'forbidden') ? conversationTexts.closed : problemText(error);
}
