import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** Files: what is stored, what is being uploaded, and what hangs on messages. */
const STATEMENTS = [
  // `check_at`: when it is to be looked whether something refers to the blob; null while something does. It is set when the
  // row is made, before the bytes are there, and by triggers when something that refers to it goes, whatever took it away.
  `create table blobs (
    id uuid primary key,
    size bigint not null check (size >= 0),
    check_at timestamptz
  )`,
  'create index blobs_to_check on blobs (check_at) where check_at is not null',
  `create table uploads (
    id uuid primary key,
    user_id uuid not null references users on delete cascade,
    channel_id uuid not null references channels on delete cascade,
    name text not null check (char_length(name) between 1 and 255),
    alt text not null check (char_length(alt) <= 1000),
    size bigint not null check (size > 0),
    received bigint not null default 0 check (received between 0 and size),
    voice_ms integer check (voice_ms > 0),
    voice_wave smallint[],
    expires_at timestamptz not null,
    check ((voice_ms is null) = (voice_wave is null))
  )`,
  'create index uploads_of_person on uploads (user_id)',
  'create index uploads_of_channel on uploads (channel_id)',
  'create index uploads_by_expiry on uploads (expires_at)',
  `create table upload_parts (
    upload_id uuid not null references uploads on delete cascade,
    position bigint not null check (position >= 0),
    blob_id uuid not null unique references blobs,
    primary key (upload_id, position)
  )`,
  // Without a message it belongs to who uploaded it alone. A copy hangs on a message that passes another on, and goes with
  // what it was copied from.
  `create table attachments (
    id uuid primary key,
    user_id uuid references users on delete set null,
    channel_id uuid not null references channels on delete cascade,
    message_id uuid references messages on delete cascade,
    position smallint not null default 0,
    copied_from uuid references attachments on delete cascade,
    blob_id uuid not null references blobs,
    thumbnail_id uuid references blobs,
    name text not null check (char_length(name) between 1 and 255),
    type text not null,
    size bigint not null check (size > 0),
    width integer check (width > 0),
    height integer check (height > 0),
    alt text not null check (char_length(alt) <= 1000),
    voice_ms integer check (voice_ms > 0),
    voice_wave smallint[],
    created_at timestamptz not null,
    check ((width is null) = (height is null)),
    check ((voice_ms is null) = (voice_wave is null)),
    check (copied_from is null or message_id is not null)
  )`,
  'create index attachments_of_message on attachments (message_id, position) where message_id is not null',
  'create index attachments_without_message on attachments (created_at) where message_id is null',
  'create index attachments_of_person on attachments (user_id)',
  'create index attachments_of_channel on attachments (channel_id)',
  'create index attachments_of_blob on attachments (blob_id)',
  'create index attachments_of_thumbnail on attachments (thumbnail_id) where thumbnail_id is not null',
  'create index attachments_of_copy on attachments (copied_from) where copied_from is not null',
  `create function check_blobs_of_part() returns trigger language plpgsql as $$ begin
    update blobs set check_at = '-infinity' where id = old.blob_id;
    return null;
  end $$`,
  'create trigger upload_part_gone after delete on upload_parts for each row execute function check_blobs_of_part()',
  `create function check_blobs_of_attachment() returns trigger language plpgsql as $$ begin
    update blobs set check_at = '-infinity' where id in (old.blob_id, old.thumbnail_id);
    return null;
  end $$`,
  'create trigger attachment_gone after delete on attachments for each row execute function check_blobs_of_attachment()',
];

/** A migration in Kysely's form, forward only. */
export const filesSchema = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
