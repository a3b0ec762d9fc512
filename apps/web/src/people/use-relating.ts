import type { Person, Relation } from '@parley/contract';
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { peopleApi } from '../api/people.js';
import { useNotices } from '../ui/use-notices.js';
import { problemText } from '../workspace/problem-text.js';
import { related } from './apply-people-event.js';
import { relationsQuery } from './people-queries.js';

/** What one does about somebody. `remove` ends a friendship, refuses a request and takes one back. */
export type Relating = 'ask' | 'accept' | 'remove' | 'block' | 'unblock';

export interface RelatingTo {
  person: Person;
  how: Relating;
}

/** Changes what somebody is to one; what does not come about is told. */
export function useRelating(): UseMutationResult<Relation | null, Error, RelatingTo> {
  const client = useQueryClient();
  const { notify } = useNotices();
  return useMutation({
    mutationFn: ({ person, how }) => relate(person, how),
    onSuccess: (relation, { person }) => {
      client.setQueryData(
        relationsQuery.queryKey,
        (relations) => relations && related(relations, { person, relation }),
      );
      void client.invalidateQueries({ queryKey: ['person', person.id] });
    },
    onError: (error) => {
      notify(problemText(error), 'problem');
      void client.invalidateQueries(relationsQuery);
    },
  });
}

/** What they are to one then. */
async function relate({ id: user_id, user_name }: Person, how: Relating): Promise<Relation | null> {
  switch (how) {
    case 'ask':
      return (await peopleApi.request({ user_name })).relation;
    case 'accept':
      return (await peopleApi.accept({ user_id })).relation;
    case 'block':
      return (await peopleApi.block({ user_id })).relation;
    case 'remove':
      await peopleApi.remove({ user_id });
      return null;
    case 'unblock':
      await peopleApi.unblock({ user_id });
      return null;
  }
}
