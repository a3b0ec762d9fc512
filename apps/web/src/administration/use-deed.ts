import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useNotices } from '../ui/use-notices.js';
import { problemText } from '../workspace/problem-text.js';

/** Does one thing at a time, then looks again at what it changes. What goes wrong is told. */
export function useDeed(changes: readonly QueryKey[]): {
  busy: boolean;
  run: (deed: () => Promise<unknown>) => void;
} {
  const client = useQueryClient();
  const { notify } = useNotices();
  const { isPending, mutate } = useMutation({
    mutationFn: (deed: () => Promise<unknown>) => deed(),
    onError: (error) => notify(problemText(error), 'problem'),
    onSettled: () => Promise.all(changes.map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
  return { busy: isPending, run: (deed) => !isPending && mutate(deed) };
}
