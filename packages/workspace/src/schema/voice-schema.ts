import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** What moderators decide for members in calls, and what conversations keep of theirs. */
const STATEMENTS = [
  `alter table members
    add column voice_muted boolean not null default false,
    add column voice_deafened boolean not null default false`,
  // A message that stands for a call of its conversation. Without seconds nobody has answered it.
  `create table message_calls (
    message_id uuid primary key references messages on delete cascade,
    seconds integer check (seconds >= 0)
  )`,
];

/** A migration in Kysely's form, forward only. */
export const voiceSchema = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
