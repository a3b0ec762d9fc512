import type { Profile } from '@parley/contract';
import type { Kysely } from 'kysely';
import type { WorkspaceTables } from '../schema/tables.js';
import { PERSON_COLUMNS, personOf } from './person-queries.js';
import { noPerson } from './no-person.js';

export async function loadProfile(
  db: Kysely<WorkspaceTables>,
  userId: string,
  now: number,
): Promise<Profile> {
  const row = await db
    .selectFrom('users')
    .select([...PERSON_COLUMNS, 'users.direct_messages_from', 'users.pronouns', 'users.about'])
    .select('users.availability')
    .where('id', '=', userId)
    .executeTakeFirst();
  if (row === undefined) throw noPerson();
  const { direct_messages_from, pronouns, about, availability } = row;
  return { ...personOf(row, now), direct_messages_from, pronouns, about, availability };
}
