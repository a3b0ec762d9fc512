import type { Member } from '@parley/contract';
import type { Kysely, Selectable } from 'kysely';
import { groupBy } from '../group-by.js';
import type { ListPart } from '../list-cursor.js';
import { keyOfCursor, pageOf } from '../list-cursor.js';
import { PERSON_COLUMNS, personOf } from '../people/person-queries.js';
import type { PersonRow } from '../people/person-queries.js';
import type { MemberTable, WorkspaceTables } from '../schema/tables.js';

type MemberRow = PersonRow &
  Pick<Selectable<MemberTable>, 'nickname' | 'joined_at' | 'timed_out_until'> & { name_key: string };

export interface MemberSearch extends ListPart {
  /** The beginning of a user name's key, of a name or of a nickname; absent: all. */
  beginning?: string | undefined;
}

/** A page of members by their user names, in two queries. */
export async function listMembers(
  db: Kysely<WorkspaceTables>,
  { communityId, now }: { communityId: string; now: number },
  { cursor, limit, beginning }: MemberSearch,
): Promise<{ members: Member[]; next: string | null }> {
  let query = membersOf(db, communityId)
    .where('users.name_key', '>', keyOfCursor(cursor))
    .orderBy('users.name_key')
    .limit(limit + 1);
  if (beginning !== undefined) {
    query = query.where((is) =>
      is.or([
        is.fn<boolean>('starts_with', ['users.name_key', is.val(beginning)]),
        is.fn<boolean>('starts_with', [is.fn('lower', ['users.display_name']), is.val(beginning)]),
        is.fn<boolean>('starts_with', [is.fn('lower', ['members.nickname']), is.val(beginning)]),
      ]),
    );
  }
  const { page, next } = pageOf(await query.execute(), limit, ({ name_key }) => name_key);
  return { members: await withRoles(db, { communityId, now }, page), next };
}

/** Undefined for who is none. */
export async function findMember(
  db: Kysely<WorkspaceTables>,
  { communityId, userId, now }: { communityId: string; userId: string; now: number },
): Promise<Member | undefined> {
  const rows = await membersOf(db, communityId).where('users.id', '=', userId).execute();
  return (await withRoles(db, { communityId, now }, rows))[0];
}

function membersOf(db: Kysely<WorkspaceTables>, communityId: string) {
  return db
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.user_id')
    .select(PERSON_COLUMNS)
    .select(['users.name_key', 'members.nickname', 'members.joined_at', 'members.timed_out_until'])
    .where('members.community_id', '=', communityId);
}

async function withRoles(
  db: Kysely<WorkspaceTables>,
  { communityId, now }: { communityId: string; now: number },
  rows: readonly MemberRow[],
): Promise<Member[]> {
  if (rows.length === 0) return [];
  const given = await db
    .selectFrom('member_roles')
    .select(['user_id', 'role_id'])
    .where('community_id', '=', communityId)
    .where(
      'user_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('role_id')
    .execute();
  const rolesOf = groupBy(given, ({ user_id }) => user_id);
  return rows.map((row) => ({
    person: personOf(row, now),
    nickname: row.nickname,
    role_ids: (rolesOf.get(row.id) ?? []).map(({ role_id }) => role_id),
    joined_at: row.joined_at.toISOString(),
    timed_out_until: inForce(row.timed_out_until, now)?.toISOString() ?? null,
  }));
}

function inForce(until: Date | null, now: number): Date | null {
  return until !== null && until.getTime() > now ? until : null;
}
