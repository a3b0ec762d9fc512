import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** Messages with what belongs to them, what people have read, and what they are about to write. */
const STATEMENTS = [
  // A deleted message stays as an empty row: its nonce is used, and its thread goes on. `thread_id` is the message that the
  // thread began with, which is never removed but with its channel.
  `create table messages (
    id uuid primary key,
    channel_id uuid not null references channels on delete cascade,
    thread_id uuid,
    author_id uuid references users on delete set null,
    nonce text check (char_length(nonce) between 1 and 64),
    text text not null check (char_length(text) <= 4000),
    search tsvector not null,
    has_link boolean not null,
    mentions_everyone text check (mentions_everyone in ('here', 'channel')),
    reply_to_id uuid,
    reply_count integer not null default 0 check (reply_count >= 0),
    last_reply_id uuid,
    edited_at timestamptz,
    deleted_at timestamptz,
    check (deleted_at is null or text = ''),
    check (thread_id is null or reply_count = 0)
  )`,
  'create index messages_of_place on messages (channel_id, thread_id, id)',
  'create index messages_of_author on messages (author_id, id)',
  'create unique index messages_by_nonce on messages (author_id, nonce) where nonce is not null',
  'create index messages_with_thread on messages (channel_id, last_reply_id) where reply_count > 0',
  'create index messages_with_link on messages (channel_id, id) where has_link',
  'create index messages_by_word on messages using gin (search)',
  `create table message_versions (
    message_id uuid not null references messages on delete cascade,
    number integer not null check (number > 0),
    text text not null,
    replaced_at timestamptz not null,
    primary key (message_id, number)
  )`,
  // What was passed on, as it was then; emptied when the original is deleted.
  `create table forwards (
    message_id uuid primary key references messages on delete cascade,
    original_id uuid not null references messages on delete cascade,
    text text not null
  )`,
  'create index forwards_of_original on forwards (original_id)',
  // A place is a thread, or a channel. A target is a person, a role, or the channel itself for everybody in it.
  `create table message_mentions (
    message_id uuid not null references messages on delete cascade,
    place_id uuid not null,
    target_id uuid not null,
    primary key (message_id, target_id)
  )`,
  'create index mentions_of_target on message_mentions (place_id, target_id, message_id)',
  `create table pins (
    message_id uuid primary key references messages on delete cascade,
    channel_id uuid not null references channels on delete cascade,
    pinned_by uuid references users on delete set null,
    pinned_at timestamptz not null
  )`,
  'create index pins_of_channel on pins (channel_id, pinned_at)',
  'create index pins_of_person on pins (pinned_by)',
  `create table saved_messages (
    id uuid primary key,
    user_id uuid not null references users on delete cascade,
    message_id uuid not null references messages on delete cascade,
    unique (user_id, message_id)
  )`,
  'create index saved_messages_of_person on saved_messages (user_id, id)',
  'create index saved_messages_by_message on saved_messages (message_id)',
  `create table reactions (
    message_id uuid not null references messages on delete cascade,
    emoji text not null check (char_length(emoji) between 1 and 40),
    user_id uuid not null references users on delete cascade,
    reacted_at timestamptz not null,
    primary key (message_id, emoji, user_id)
  )`,
  'create index reactions_of_person on reactions (user_id)',
  `create table channel_reads (
    user_id uuid not null references users on delete cascade,
    channel_id uuid not null references channels on delete cascade,
    last_read_id uuid not null,
    primary key (user_id, channel_id)
  )`,
  'create index channel_reads_of_channel on channel_reads (channel_id)',
  `create table thread_follows (
    user_id uuid not null references users on delete cascade,
    thread_id uuid not null references messages on delete cascade,
    channel_id uuid not null references channels on delete cascade,
    last_read_id uuid not null,
    primary key (user_id, thread_id)
  )`,
  'create index thread_follows_of_thread on thread_follows (thread_id)',
  'create index thread_follows_of_channel on thread_follows (channel_id, user_id)',
  `create table drafts (
    user_id uuid not null references users on delete cascade,
    channel_id uuid not null references channels on delete cascade,
    thread_id uuid references messages on delete cascade,
    reply_to_id uuid,
    text text not null check (char_length(text) between 1 and 4000),
    changed_at timestamptz not null,
    unique nulls not distinct (user_id, channel_id, thread_id)
  )`,
  'create index drafts_of_channel on drafts (channel_id)',
  'create index drafts_of_thread on drafts (thread_id) where thread_id is not null',
  `create table scheduled_messages (
    id uuid primary key,
    author_id uuid not null references users on delete cascade,
    channel_id uuid not null references channels on delete cascade,
    thread_id uuid references messages on delete cascade,
    reply_to_id uuid,
    nonce text not null check (char_length(nonce) between 1 and 64),
    text text not null check (char_length(text) between 1 and 4000),
    send_at timestamptz not null,
    refusal text,
    unique (author_id, nonce)
  )`,
  'create index scheduled_messages_by_time on scheduled_messages (send_at, id) where refusal is null',
  'create index scheduled_messages_of_author on scheduled_messages (author_id, send_at)',
  'create index scheduled_messages_of_channel on scheduled_messages (channel_id)',
  'create index scheduled_messages_of_thread on scheduled_messages (thread_id) where thread_id is not null',
];

/** A migration in Kysely's form, forward only. */
export const messagesSchema = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
