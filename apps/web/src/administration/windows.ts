/** A window that the menu of a community opens. */
export type CommunityWindow = 'invite' | 'channel' | 'category' | 'leave';

/** A window that the menu of a channel opens. */
export type ChannelWindow = 'create' | 'edit' | 'permissions' | 'delete';
