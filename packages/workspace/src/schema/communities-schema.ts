import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** Bans, conversations, friends and blocks. */
const STATEMENTS = [
  `create table bans (
    community_id uuid not null references communities on delete cascade,
    user_id uuid not null references users on delete cascade,
    banned_by uuid references users on delete set null,
    reason text not null check (octet_length(reason) <= 2048),
    banned_at timestamptz not null,
    until timestamptz,
    primary key (community_id, user_id)
  )`,
  'create index bans_of_user on bans (user_id)',
  'create index bans_by_user on bans (banned_by)',
  `create table channel_members (
    channel_id uuid not null references channels on delete cascade,
    user_id uuid not null references users on delete cascade,
    joined_at timestamptz not null,
    primary key (channel_id, user_id)
  )`,
  'create index channels_of_user on channel_members (user_id, channel_id)',
  `create table direct_pairs (
    channel_id uuid primary key references channels on delete cascade,
    low_user_id uuid not null references users on delete cascade,
    high_user_id uuid not null references users on delete cascade,
    unique (low_user_id, high_user_id),
    check (low_user_id < high_user_id)
  )`,
  'create index direct_pairs_of_high_user on direct_pairs (high_user_id)',
  `create table friendships (
    requester_id uuid not null references users on delete cascade,
    addressee_id uuid not null references users on delete cascade,
    requested_at timestamptz not null,
    accepted_at timestamptz,
    primary key (requester_id, addressee_id),
    check (requester_id <> addressee_id)
  )`,
  `create unique index friendships_of_two
    on friendships (least(requester_id, addressee_id), greatest(requester_id, addressee_id))`,
  'create index friendships_of_addressee on friendships (addressee_id)',
  `create table blocks (
    user_id uuid not null references users on delete cascade,
    blocked_id uuid not null references users on delete cascade,
    blocked_at timestamptz not null,
    primary key (user_id, blocked_id),
    check (user_id <> blocked_id)
  )`,
  'create index blocks_of_blocked on blocks (blocked_id)',
];

/** A migration in Kysely's form, forward only. */
export const communitiesSchema = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
