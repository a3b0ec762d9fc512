import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';

/**
 * The name that others see of somebody: their nickname in the community, the name that they chose, or their user name. Null
 * where there is nobody.
 *
 * @param users what the table of users is called in the query.
 * @param members the same of the members of the community.
 */
export function shownName(users: string, members?: string): RawBuilder<string | null> {
  const names = sql`${sql.ref(`${users}.display_name`)}, ${sql.ref(`${users}.name`)}`;
  if (members === undefined) return sql<string | null>`coalesce(${names})`;
  return sql<string | null>`coalesce(${sql.ref(`${members}.nickname`)}, ${names})`;
}
