import type { Person, Status } from '@parley/contract';
import type { Kysely, Selectable } from 'kysely';
import type { UserTable, WorkspaceTables } from '../schema/tables.js';

/** What is shown of somebody. */
export const PERSON_COLUMNS = [
  'users.id',
  'users.name',
  'users.display_name',
  'users.avatar',
  'users.status_text',
  'users.status_emoji',
  'users.status_until',
] as const;

export type PersonRow = Pick<
  Selectable<UserTable>,
  'id' | 'name' | 'display_name' | 'avatar' | 'status_text' | 'status_emoji' | 'status_until'
>;

/** @param now milliseconds since 1970; a status ends by it. */
export function personOf(row: PersonRow, now: number): Person {
  const { id, name, display_name, avatar } = row;
  return { id, user_name: name, display_name, avatar, status: statusOf(row, now) };
}

/** By id; who has no account is not among them. */
export async function loadPeople(
  db: Kysely<WorkspaceTables>,
  ids: readonly string[],
  now: number,
): Promise<Map<string, Person>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('users').select(PERSON_COLUMNS).where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, personOf(row, now)]));
}

function statusOf({ status_text, status_emoji, status_until }: PersonRow, now: number): Status | null {
  if (status_text === null && status_emoji === null) return null;
  if (status_until !== null && status_until.getTime() <= now) return null;
  return { text: status_text, emoji: status_emoji, until: status_until?.toISOString() ?? null };
}
