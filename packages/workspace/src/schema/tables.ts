import type { ColumnType, Generated } from 'kysely';
import type { FileTables } from './file-tables.js';
import type { MessageTables } from './message-tables.js';
import type { NotificationTables } from './notification-tables.js';

/** The database as queries see it; `migrations.ts` makes it. Ids are UUIDs of version 7. */
export interface WorkspaceTables extends MessageTables, FileTables, NotificationTables {
  workspace: WorkspaceTable;
  users: UserTable;
  sessions: SessionTable;
  communities: CommunityTable;
  roles: RoleTable;
  members: MemberTable;
  member_roles: MemberRoleTable;
  channels: ChannelTable;
  channel_overwrites: ChannelOverwriteTable;
  invites: InviteTable;
  bans: BanTable;
  channel_members: ChannelMemberTable;
  direct_pairs: DirectPairTable;
  friendships: FriendshipTable;
  blocks: BlockTable;
  message_calls: MessageCallTable;
}

type Fixed<Type> = ColumnType<Type, Type, never>;
/** May be left out of an insert. */
type Nullable<Type> = ColumnType<Type | null, Type | null | undefined, Type | null>;

/** `direct` is a conversation of two, `group` one of several. */
export type ChannelKind = 'text' | 'voice' | 'category' | 'direct' | 'group';

/** One row, which is there once the workspace is set up. */
export interface WorkspaceTable {
  id: Generated<boolean>;
  name: string;
  owner_id: string;
  created_at: Fixed<Date>;
}

export interface UserTable {
  id: Fixed<string>;
  name: string;
  /** `userNameKey` of the name. */
  name_key: string;
  password_hash: string;
  created_at: Fixed<Date>;
  banned_at: Date | null;
  display_name: Nullable<string>;
  /** Id of a blob. */
  avatar: Nullable<string>;
  status_text: Nullable<string>;
  status_emoji: Nullable<string>;
  status_until: Nullable<Date>;
  /** Who may begin a conversation: members of a common community, or friends alone. */
  direct_messages_from: Generated<'members' | 'friends'>;
  pronouns: Nullable<string>;
  about: Nullable<string>;
  availability: Generated<'available' | 'do_not_disturb' | 'invisible'>;
}

export interface SessionTable {
  id: Fixed<string>;
  user_id: Fixed<string>;
  secret_hash: Uint8Array;
  previous_secret_hash: Uint8Array | null;
  created_at: Fixed<Date>;
  rotated_at: Date;
  expires_at: Date;
  /** To the minute or so: when it was used last, from where and with what. */
  seen_at: Date;
  address: string;
  user_agent: string;
}

export interface CommunityTable {
  id: Fixed<string>;
  name: string;
  description: Generated<string>;
  /** Ids of blobs. */
  icon: Nullable<string>;
  banner: Nullable<string>;
  owner_id: string;
  created_at: Fixed<Date>;
}

export interface RoleTable {
  id: Fixed<string>;
  community_id: Fixed<string>;
  name: string;
  colour: number | null;
  icon: string | null;
  /** 0 is @everyone's. */
  position: number;
  permissions: string[];
}

export interface MemberTable {
  community_id: Fixed<string>;
  user_id: Fixed<string>;
  joined_at: Fixed<Date>;
  nickname: string | null;
  timed_out_until: Date | null;
  /** By a moderator, in the calls of the community. */
  voice_muted: Generated<boolean>;
  voice_deafened: Generated<boolean>;
}

export interface MemberRoleTable {
  community_id: Fixed<string>;
  user_id: Fixed<string>;
  role_id: Fixed<string>;
}

export interface ChannelTable {
  id: Fixed<string>;
  /** Null for a conversation. */
  community_id: Fixed<string | null>;
  kind: Fixed<ChannelKind>;
  category_id: Nullable<string>;
  /** Empty for a conversation that has none. */
  name: string;
  topic: Generated<string>;
  /** In its community; a category stands among the channels by its own. */
  position: Generated<number>;
  /** Seconds. */
  slow_mode: Generated<number>;
  archived_at: Date | null;
  created_at: Fixed<Date>;
}

/** Of a role or of a person, one of which is null. */
export interface ChannelOverwriteTable {
  channel_id: Fixed<string>;
  role_id: Fixed<string | null>;
  user_id: Fixed<string | null>;
  allow: string[];
  deny: string[];
}

export interface InviteTable {
  code: Fixed<string>;
  community_id: Fixed<string>;
  made_by: Fixed<string>;
  created_at: Fixed<Date>;
  expires_at: Date | null;
  /** Null for any number. */
  most_uses: number | null;
  uses: number;
  ended_at: Date | null;
}

export interface BanTable {
  community_id: Fixed<string>;
  user_id: Fixed<string>;
  /** Null when their account is gone. */
  banned_by: string | null;
  reason: string;
  banned_at: Date;
  /** Null for good. */
  until: Date | null;
}

/** Who is in a conversation. */
export interface ChannelMemberTable {
  channel_id: Fixed<string>;
  user_id: Fixed<string>;
  joined_at: Fixed<Date>;
}

/** The one conversation of two people, whose ids stand in order. */
export interface DirectPairTable {
  channel_id: Fixed<string>;
  low_user_id: Fixed<string>;
  high_user_id: Fixed<string>;
}

/** One row for two people, whoever asked whom. */
export interface FriendshipTable {
  requester_id: Fixed<string>;
  addressee_id: Fixed<string>;
  requested_at: Fixed<Date>;
  /** Null while it is a request. */
  accepted_at: Date | null;
}

export interface BlockTable {
  user_id: Fixed<string>;
  blocked_id: Fixed<string>;
  blocked_at: Fixed<Date>;
}

/** Of a message that stands for a call. */
export interface MessageCallTable {
  message_id: Fixed<string>;
  /** How long it was; null if nobody answered. */
  seconds: Fixed<number | null>;
}
