/** What roles of a community give, in the groups in which it is shown; `channel` can also be decided for one channel. */
export const PERMISSION_GROUPS = {
  community: [
    'administrator', 'manage_community', 'delete_community', 'view_members', 'manage_roles', 'assign_roles',
    'create_channels', 'create_invites', 'manage_invites', 'add_members', 'change_own_nickname', 'manage_nicknames',
    'manage_emoji', 'manage_mention_groups', 'manage_integrations', 'view_audit_log',
  ],
  channel: ['view_channel', 'read_history', 'manage_channel', 'manage_channel_permissions', 'bypass_slow_mode'],
  message: [
    'send_messages', 'send_in_threads', 'create_threads', 'manage_threads', 'attach_files', 'send_voice_messages',
    'embed_links', 'add_reactions', 'use_external_emoji', 'mention_everyone', 'mention_roles', 'pin_messages',
    'delete_messages', 'view_edit_history',
  ],
  voice: [
    'join_voice', 'speak', 'use_camera', 'share_screen', 'use_voice_activity', 'use_soundboard', 'bypass_user_limit',
    'invite_guests', 'record_call', 'capture_replay',
  ],
  moderation: [
    'kick_members', 'ban_members', 'view_bans', 'time_out_members', 'view_moderation_log', 'manage_reports',
    'mute_members', 'deafen_members', 'move_members',
  ],
} as const; // prettier-ignore

export type PermissionGroup = keyof typeof PERMISSION_GROUPS;
export type PermissionName = (typeof PERMISSION_GROUPS)[PermissionGroup][number];

const IN_CALLS: readonly PermissionName[] = ['mute_members', 'deafen_members', 'move_members'];

/** What can be decided for one channel, in the same groups. */
export const CHANNEL_PERMISSIONS: Partial<Record<PermissionGroup, readonly PermissionName[]>> = {
  channel: PERMISSION_GROUPS.channel,
  message: PERMISSION_GROUPS.message,
  voice: PERMISSION_GROUPS.voice,
  moderation: IN_CALLS,
};
