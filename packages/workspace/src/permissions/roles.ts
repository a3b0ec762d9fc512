import { PermissionSet } from './permission-set.js';

/** A role of a community. Members have several; what any of them allows is allowed. */
export interface Role {
  id: string;
  name: string;
  /** 0xRRGGBB; null where names keep the theme's colour. */
  colour: number | null;
  /** An emoji, or the id of a picture; null for none. */
  icon: string | null;
  /** Higher is above; @everyone has 0 and is below all others. No two roles of a community have the same. */
  position: number;
  /** Of the scopes `community` and `channel`; others have no effect. */
  permissions: PermissionSet;
}

/** A role of the instance: what an account may do outside of communities. */
export interface InstanceRole {
  id: string;
  name: string;
  /** Of the scope `instance`; others have no effect. */
  permissions: PermissionSet;
}

const MEMBER = PermissionSet.of(
  'view_community',
  'view_members',
  'create_invites',
  'change_own_nickname',
  'view_channel',
  'read_history',
  'send_messages',
  'send_in_threads',
  'create_threads',
  'attach_files',
  'send_voice_messages',
  'embed_links',
  'add_reactions',
  'use_external_emoji',
  'view_edit_history',
  'join_voice',
  'speak',
  'use_camera',
  'share_screen',
  'use_voice_activity',
  'use_soundboard',
  'invite_guests',
  'capture_replay',
);

const MODERATOR = PermissionSet.of(
  'manage_nicknames',
  'bypass_slow_mode',
  'manage_threads',
  'mention_everyone',
  'mention_roles',
  'pin_messages',
  'delete_messages',
  'bypass_user_limit',
  'record_call',
  'kick_members',
  'ban_members',
  'view_bans',
  'time_out_members',
  'view_moderation_log',
  'manage_reports',
  'mute_members',
  'deafen_members',
  'move_members',
);

/** What the roles of a new community allow. Moderators and administrators are members too: each role names what it adds. */
export const defaultRoles = {
  everyone: MEMBER,
  moderator: MODERATOR,
  administrator: PermissionSet.of('administrator'),
} as const;

/** What accounts and the roles of a new instance may do. */
export const defaultInstanceRoles = {
  account: PermissionSet.of('start_direct_messages', 'start_group_messages', 'send_friend_requests'),
  community_creator: PermissionSet.of('create_communities'),
  invite_manager: PermissionSet.of('create_instance_invites', 'manage_instance_invites'),
  account_manager: PermissionSet.of('manage_accounts', 'ban_accounts', 'view_instance_audit_log'),
  administrator: PermissionSet.of('administer_instance'),
} as const;
