import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { accountsApi } from '../api/accounts.js';
import { useNotices } from '../ui/use-notices.js';
import { problemText } from './problem-text.js';
import { forgetAccount } from './query-client.js';

/** Signs out on this device. */
export function useSignOut(): UseMutationResult<unknown, Error, void> {
  const client = useQueryClient();
  const { notify } = useNotices();
  return useMutation({
    mutationFn: () => accountsApi.signOut({}),
    onSuccess: () => forgetAccount(client),
    onError: (error) => notify(problemText(error), 'problem'),
  });
}
