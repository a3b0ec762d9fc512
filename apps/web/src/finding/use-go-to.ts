import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { findingApi } from '../api/finding.js';
import { conversationPath } from '../lib/route.js';
import { useNotices } from '../ui/use-notices.js';
import { problemText } from '../workspace/problem-text.js';
import { startQuery } from './start-query.js';
import { writingWish } from './writing-wish.js';

/** Goes to the conversation with a person, which begins with it if there is none. */
export function useGoTo(): (userId: string) => void {
  const navigate = useNavigate();
  const client = useQueryClient();
  const { notify } = useNotices();
  return (userId) => {
    findingApi.openDirect({ user_id: userId }).then(
      ({ id }) => {
        void client.invalidateQueries(startQuery);
        writingWish.set(id);
        void navigate({ href: conversationPath(id) });
      },
      (error: unknown) => notify(problemText(error), 'problem'),
    );
  };
}
