import type { Kysely } from 'kysely';
import { noPerson } from '../people/no-person.js';
import type { WorkspaceTables } from '../schema/tables.js';
import { WorkspaceError } from '../workspace-error.js';

/**
 * Throws unless somebody may begin a conversation with all of these. Whom they cannot know is `not_found`; who has blocked
 * them, and who takes messages of friends alone, is `forbidden` in the same words. A constant number of queries.
 */
export async function checkReachable(
  db: Kysely<WorkspaceTables>,
  userId: string,
  otherIds: readonly string[],
): Promise<void> {
  const known = await knownPeople(db, userId, otherIds);
  if (otherIds.some((id) => !known.has(id))) {
    throw noPerson();
  }
  const blocks = await db
    .selectFrom('blocks')
    .select('user_id')
    .where((is) =>
      is.or([
        is.and([is('user_id', '=', userId), is('blocked_id', 'in', otherIds)]),
        is.and([is('user_id', 'in', otherIds), is('blocked_id', '=', userId)]),
      ]),
    )
    .execute();
  if (blocks.some(({ user_id }) => user_id === userId)) {
    throw new WorkspaceError('conflict', 'You have blocked this person.', { remedy: 'Unblock them first.' });
  }
  const closed = [...known.values()].some(({ friend, from }) => !friend && from === 'friends');
  if (!closed && blocks.length === 0) return;
  throw new WorkspaceError('forbidden', 'You cannot begin a conversation with this person.', {
    remedy: 'Ask them to be your friend, or write to them in a community.',
  });
}

/** Those of some people whom somebody can know: friends, and members of a common community. */
export async function knownPeople(
  db: Kysely<WorkspaceTables>,
  userId: string,
  otherIds: readonly string[],
): Promise<Map<string, { friend: boolean; from: 'members' | 'friends' }>> {
  if (otherIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('users')
    .select((of) => [
      'users.id',
      'users.direct_messages_from',
      of
        .exists(
          of
            .selectFrom('friendships')
            .select('requester_id')
            .where('accepted_at', 'is not', null)
            .where((is) =>
              is.or([
                is.and([is('requester_id', '=', userId), is('addressee_id', '=', is.ref('users.id'))]),
                is.and([is('addressee_id', '=', userId), is('requester_id', '=', is.ref('users.id'))]),
              ]),
            ),
        )
        .as('friend'),
      of
        .exists(
          of
            .selectFrom('members as own')
            .innerJoin('members as theirs', 'theirs.community_id', 'own.community_id')
            .select('own.user_id')
            .where('own.user_id', '=', userId)
            .whereRef('theirs.user_id', '=', 'users.id'),
        )
        .as('common'),
    ])
    .where('users.id', 'in', otherIds)
    .where('users.banned_at', 'is', null)
    .execute();
  return new Map(
    rows
      .filter(({ friend, common }) => Boolean(friend) || Boolean(common))
      .map(({ id, friend, direct_messages_from: from }) => [id, { friend: Boolean(friend), from }]),
  );
}
