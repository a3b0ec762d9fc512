import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** What people say of themselves, and what others are to see of when they are there. */
const STATEMENTS = [
  `alter table users
    add column pronouns text check (octet_length(pronouns) between 1 and 160),
    add column about text check (octet_length(about) between 1 and 2048),
    add column availability text not null default 'available'
      check (availability in ('available', 'do_not_disturb', 'invisible'))`,
];

/** A migration in Kysely's form, forward only. */
export const presenceSchema = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
