import { sql } from 'kysely';
import type { Kysely } from 'kysely';

const STATEMENTS = [
  // `xid` gives the order in which readers may take rows: an id is given before the commit, which may come later than
  // that of a greater one.
  `create table outbox (
    id bigint generated always as identity primary key,
    xid xid8 not null default pg_current_xact_id(),
    written_at timestamptz not null default now(),
    event jsonb not null
  )`,
  'create index outbox_in_order on outbox (xid, id)',
  'create index outbox_by_age on outbox (written_at)',
];

/** A migration in Kysely's form, forward only. */
export const outboxMigration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
