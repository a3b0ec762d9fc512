import type { ColumnType, Generated } from 'kysely';

/** The database as queries see it; `first-schema.ts` makes it. Ids are UUIDs of version 7. */
export interface WorkspaceTables {
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
}

type Fixed<Type> = ColumnType<Type, Type, never>;

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
}

export interface MemberRoleTable {
  community_id: Fixed<string>;
  user_id: Fixed<string>;
  role_id: Fixed<string>;
}

export interface ChannelTable {
  id: Fixed<string>;
  community_id: Fixed<string>;
  kind: Fixed<'text' | 'voice'>;
  name: string;
  topic: string;
  position: number;
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
