import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** Accounts, communities, their roles and channels, and invites. Names are limited in bytes, as where they come in. */
const STATEMENTS = [
  `create table users (
    id uuid primary key,
    name text not null check (char_length(name) between 2 and 32),
    name_key text not null unique check (char_length(name_key) between 2 and 32),
    password_hash text not null,
    created_at timestamptz not null,
    banned_at timestamptz,
    display_name text check (octet_length(display_name) between 1 and 256),
    avatar text,
    status_text text check (octet_length(status_text) between 1 and 512),
    status_emoji text check (octet_length(status_emoji) between 1 and 64),
    status_until timestamptz,
    direct_messages_from text not null default 'members' check (direct_messages_from in ('members', 'friends'))
  )`,
  // The one row is taken before its owner is made, so that of two who set up at once one waits, and finds it done.
  `create table workspace (
    id boolean primary key default true check (id),
    name text not null check (octet_length(name) between 1 and 400),
    owner_id uuid not null references users deferrable initially deferred,
    created_at timestamptz not null
  )`,
  `create table sessions (
    id uuid primary key,
    user_id uuid not null references users on delete cascade,
    secret_hash bytea not null check (octet_length(secret_hash) = 32),
    previous_secret_hash bytea check (octet_length(previous_secret_hash) = 32),
    created_at timestamptz not null,
    rotated_at timestamptz not null,
    expires_at timestamptz not null,
    seen_at timestamptz not null,
    address text not null check (char_length(address) <= 45),
    user_agent text not null check (char_length(user_agent) <= 256)
  )`,
  'create index sessions_of_user on sessions (user_id, id)',
  'create index sessions_by_end on sessions (expires_at)',
  `create table communities (
    id uuid primary key,
    name text not null check (octet_length(name) between 1 and 400),
    description text not null default '' check (octet_length(description) <= 4096),
    icon text,
    banner text,
    owner_id uuid not null references users,
    created_at timestamptz not null
  )`,
  'create index communities_of_owner on communities (owner_id)',
  `create table roles (
    id uuid primary key,
    community_id uuid not null references communities on delete cascade,
    name text not null check (octet_length(name) between 1 and 400),
    colour integer check (colour between 0 and 16777215),
    icon text,
    position integer not null check (position >= 0),
    permissions text[] not null,
    unique (community_id, id),
    unique (community_id, position) deferrable initially immediate
  )`,
  `create table members (
    community_id uuid not null references communities on delete cascade,
    user_id uuid not null references users on delete cascade,
    joined_at timestamptz not null,
    nickname text check (octet_length(nickname) between 1 and 256),
    timed_out_until timestamptz,
    primary key (community_id, user_id)
  )`,
  'create index members_of_user on members (user_id, community_id)',
  `create table member_roles (
    community_id uuid not null,
    user_id uuid not null,
    role_id uuid not null,
    primary key (community_id, user_id, role_id),
    foreign key (community_id, user_id) references members on delete cascade,
    foreign key (community_id, role_id) references roles (community_id, id) on delete cascade
  )`,
  'create index member_roles_of_role on member_roles (community_id, role_id)',
  // A conversation is a channel of no community. A category holds channels, and nobody writes in it.
  `create table channels (
    id uuid primary key,
    community_id uuid references communities on delete cascade,
    kind text not null check (kind in ('text', 'voice', 'category', 'direct', 'group')),
    category_id uuid,
    name text not null check (octet_length(name) <= 400),
    topic text not null default '' check (octet_length(topic) <= 4096),
    position integer not null default 0 check (position >= 0),
    slow_mode integer not null default 0 check (slow_mode between 0 and 21600),
    archived_at timestamptz,
    created_at timestamptz not null,
    unique (community_id, id),
    foreign key (community_id, category_id) references channels (community_id, id) on delete set null (category_id),
    check ((community_id is null) = (kind in ('direct', 'group'))),
    check (community_id is null or name <> ''),
    check (category_id is null or kind in ('text', 'voice'))
  )`,
  'create index channels_of_community on channels (community_id, position)',
  'create index channels_of_category on channels (community_id, category_id) where category_id is not null',
  `create table channel_overwrites (
    channel_id uuid not null references channels on delete cascade,
    role_id uuid references roles on delete cascade,
    user_id uuid references users on delete cascade,
    allow text[] not null,
    deny text[] not null,
    check (num_nonnulls(role_id, user_id) = 1)
  )`,
  'create unique index overwrites_of_role on channel_overwrites (channel_id, role_id) where role_id is not null',
  'create unique index overwrites_of_person on channel_overwrites (channel_id, user_id) where user_id is not null',
  'create index overwrites_by_role on channel_overwrites (role_id)',
  'create index overwrites_by_user on channel_overwrites (user_id)',
  `create table invites (
    code text primary key,
    community_id uuid not null references communities on delete cascade,
    made_by uuid not null references users on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz,
    most_uses integer check (most_uses > 0),
    uses integer not null default 0 check (uses >= 0 and (most_uses is null or uses <= most_uses)),
    ended_at timestamptz
  )`,
  'create index invites_of_community on invites (community_id, created_at)',
  'create index invites_of_maker on invites (made_by)',
];

/** A migration in Kysely's form, forward only. */
export const firstSchema = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
