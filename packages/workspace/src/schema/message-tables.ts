import type { ColumnType, Generated } from 'kysely';

/** What `messages-schema.ts` makes. */
export interface MessageTables {
  messages: MessageTable;
  message_versions: MessageVersionTable;
  forwards: ForwardTable;
  message_mentions: MessageMentionTable;
  pins: PinTable;
  saved_messages: SavedMessageTable;
  reactions: ReactionTable;
  channel_reads: ChannelReadTable;
  thread_follows: ThreadFollowTable;
  drafts: DraftTable;
  scheduled_messages: ScheduledMessageTable;
}

type Fixed<Type> = ColumnType<Type, Type, never>;

/** When it was written says its id. */
export interface MessageTable {
  id: Fixed<string>;
  channel_id: Fixed<string>;
  /** The message that the thread began with; null in the channel itself. */
  thread_id: Fixed<string | null>;
  /** Null where the account is gone. */
  author_id: Fixed<string | null>;
  nonce: Fixed<string | null>;
  /** Empty when it is deleted, and when it only passes another on. */
  text: string;
  /** Of PostgreSQL's type tsvector; `searchVector` makes it. */
  search: string;
  has_link: boolean;
  mentions_everyone: 'here' | 'channel' | null;
  reply_to_id: Fixed<string | null>;
  reply_count: Generated<number>;
  last_reply_id: ColumnType<string | null, never, string | null>;
  edited_at: ColumnType<Date | null, never, Date>;
  deleted_at: ColumnType<Date | null, never, Date>;
}

/** A text that an edit replaced. */
export interface MessageVersionTable {
  message_id: Fixed<string>;
  number: Fixed<number>;
  text: Fixed<string>;
  replaced_at: Fixed<Date>;
}

export interface ForwardTable {
  message_id: Fixed<string>;
  original_id: Fixed<string>;
  text: string;
}

export interface MessageMentionTable {
  message_id: Fixed<string>;
  place_id: Fixed<string>;
  target_id: Fixed<string>;
}

export interface PinTable {
  message_id: Fixed<string>;
  channel_id: Fixed<string>;
  pinned_by: Fixed<string | null>;
  pinned_at: Fixed<Date>;
}

export interface SavedMessageTable {
  id: Fixed<string>;
  user_id: Fixed<string>;
  message_id: Fixed<string>;
}

export interface ReactionTable {
  message_id: Fixed<string>;
  emoji: Fixed<string>;
  user_id: Fixed<string>;
  reacted_at: Fixed<Date>;
}

/** Up to where somebody has read in a channel. */
export interface ChannelReadTable {
  user_id: Fixed<string>;
  channel_id: Fixed<string>;
  last_read_id: string;
}

/** Who follows a thread, and up to where they have read in it. */
export interface ThreadFollowTable {
  user_id: Fixed<string>;
  thread_id: Fixed<string>;
  channel_id: Fixed<string>;
  last_read_id: string;
}

export interface DraftTable {
  user_id: Fixed<string>;
  channel_id: Fixed<string>;
  thread_id: Fixed<string | null>;
  reply_to_id: string | null;
  text: string;
  changed_at: Date;
}

export interface ScheduledMessageTable {
  id: Fixed<string>;
  author_id: Fixed<string>;
  channel_id: Fixed<string>;
  thread_id: Fixed<string | null>;
  reply_to_id: Fixed<string | null>;
  nonce: Fixed<string>;
  text: string;
  send_at: Date;
  /** A sentence: why it was not sent when it was due. Null while it waits. */
  refusal: string | null;
}
