import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** Of what people want to be told. */
const STATEMENTS = [
  // `keyword_query` is what the keywords are to search; null for none.
  `create table notification_settings (
    user_id uuid primary key references users on delete cascade,
    keywords text[] not null default '{}' check (cardinality(keywords) <= 50),
    keyword_query tsquery,
    quiet_days smallint[],
    quiet_from text check (quiet_from ~ '^[0-2][0-9]:[0-5][0-9]$'),
    quiet_until text check (quiet_until ~ '^[0-2][0-9]:[0-5][0-9]$'),
    quiet_zone text check (char_length(quiet_zone) between 1 and 64),
    check (num_nulls(quiet_days, quiet_from, quiet_until, quiet_zone) in (0, 4))
  )`,
  // For a channel or conversation, or for a community. Muted without a time is muted for good.
  `create table notification_rules (
    user_id uuid not null references users on delete cascade,
    channel_id uuid references channels on delete cascade,
    community_id uuid references communities on delete cascade,
    level text check (level in ('everything', 'mentions', 'nothing')),
    muted boolean not null,
    muted_until timestamptz,
    check (num_nulls(channel_id, community_id) = 1),
    check (muted or muted_until is null),
    unique nulls not distinct (user_id, channel_id, community_id)
  )`,
  'create index notification_rules_of_channel on notification_rules (channel_id) where channel_id is not null',
  'create index notification_rules_of_community on notification_rules (community_id) where community_id is not null',
];

/** A migration in Kysely's form, forward only. */
export const notificationsSchema = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
