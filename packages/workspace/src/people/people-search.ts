import type { Person } from '@parley/contract';
import type { Expression, Kysely, SqlBool } from 'kysely';
import { userNameKey } from '../accounts/user-name.js';
import type { WorkspaceTables } from '../schema/tables.js';
import { communitiesToMeetIn } from './met-in.js';
import { PERSON_COLUMNS, personOf } from './person-queries.js';

/** So many are enough to choose from; who types more finds others. */
const MOST_FOUND = 20;

export interface PeopleSearch {
  userId: string;
  /** Milliseconds since 1970. */
  now: number;
  /** The beginning of a name or of a word in one; undefined: all. */
  query: string | undefined;
}

/**
 * Friends of somebody and members of common communities, without whom they have blocked. The first by user name, in a
 * constant number of queries.
 */
export async function findPeople(
  db: Kysely<WorkspaceTables>,
  { userId, now, query }: PeopleSearch,
): Promise<Person[]> {
  const communityIds = await communitiesToMeetIn(db, userId, now);
  let found = db
    .selectFrom('users')
    .select(PERSON_COLUMNS)
    .where('users.id', '!=', userId)
    .where('users.banned_at', 'is', null)
    .where((is) => {
      const known: Expression<SqlBool>[] = [is('users.id', 'in', friendIds(db, userId))];
      if (communityIds.length > 0) {
        const members = db.selectFrom('members').select('user_id').where('community_id', 'in', communityIds);
        known.push(is('users.id', 'in', members));
      }
      return is.or(known);
    })
    .where('users.id', 'not in', db.selectFrom('blocks').select('blocked_id').where('user_id', '=', userId))
    .orderBy('users.name_key')
    .limit(MOST_FOUND);
  if (query !== undefined) {
    const beginning = userNameKey(query);
    found = found.where((is) => {
      const name = is.fn('lower', ['users.display_name']);
      return is.or([
        is.fn<boolean>('starts_with', ['users.name_key', is.val(beginning)]),
        is.fn<boolean>('starts_with', [name, is.val(beginning)]),
        is(is.fn<number>('strpos', [name, is.val(` ${beginning}`)]), '>', 0),
      ]);
    });
  }
  return (await found.execute()).map((row) => personOf(row, now));
}

function friendIds(db: Kysely<WorkspaceTables>, userId: string) {
  const asked = db
    .selectFrom('friendships')
    .select('addressee_id as id')
    .where('requester_id', '=', userId)
    .where('accepted_at', 'is not', null);
  const wasAsked = db
    .selectFrom('friendships')
    .select('requester_id as id')
    .where('addressee_id', '=', userId)
    .where('accepted_at', 'is not', null);
  return asked.unionAll(wasAsked);
}
