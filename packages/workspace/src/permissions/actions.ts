/** Where an action is given: to an account, to a role of a community, or also for one channel. */
export type ActionScope = 'instance' | 'community' | 'channel';

/**
 * Everything that somebody may be allowed to do, each with the widest scope that can decide on it. What has the scope
 * `channel` is given by roles of the community and changed for one channel by its overwrites. docs/permissions.md lists
 * the same lines.
 */
export const actionGroups = {
  instance: {
    /** Everything on the instance and in each of its communities, but not other people's direct messages. */
    administer_instance: 'instance',
    /** Change the instance's name, limits and who may register. */
    manage_instance: 'instance',
    /** See how many accounts, messages and bytes there are. */
    view_instance_statistics: 'instance',
    /** Read what administrators have done. */
    view_instance_audit_log: 'instance',
    /** List accounts, and change their names and quotas. */
    manage_accounts: 'instance',
    /** Lock accounts out of the instance, and let them in again. */
    ban_accounts: 'instance',
    /** Delete accounts with what belongs to them. */
    delete_accounts: 'instance',
    /** Make roles of the instance and give them to accounts. */
    manage_instance_roles: 'instance',
    /** Invite people who have no account yet. */
    create_instance_invites: 'instance',
    /** See and end invites to the instance that others made. */
    manage_instance_invites: 'instance',
    /** Make communities. */
    create_communities: 'instance',
    /** Begin a conversation with one other person. */
    start_direct_messages: 'instance',
    /** Begin a conversation of several people. */
    start_group_messages: 'instance',
    /** Ask others to be friends. */
    send_friend_requests: 'instance',
  },
  community: {
    /** Know that the community exists; every member may. */
    view_community: 'community',
    /** Everything in the community and in all of its channels but deleting it. */
    administrator: 'community',
    /** Change the community's name, icon, banner and rules. */
    manage_community: 'community',
    /** Delete the community with everything in it. */
    delete_community: 'community',
    /** List who is a member. */
    view_members: 'community',
    /** Make roles, and change those below one's own. */
    manage_roles: 'community',
    /** Give and take roles below one's own. */
    assign_roles: 'community',
    /** Make categories and channels, and put them in order. */
    create_channels: 'community',
    /** Make invites to the community. */
    create_invites: 'community',
    /** See and end invites that others made. */
    manage_invites: 'community',
    /** Add accounts of the instance without an invite. */
    add_members: 'community',
    /** Choose a name of one's own for this community. */
    change_own_nickname: 'community',
    /** Change the names of members below oneself. */
    manage_nicknames: 'community',
    /** Add, rename and remove the community's emoji. */
    manage_emoji: 'community',
    /** Make groups of people that can be mentioned together. */
    manage_mention_groups: 'community',
    /** Make webhooks and bots, and see their addresses. */
    manage_integrations: 'community',
    /** Read who changed what in the community. */
    view_audit_log: 'community',
  },
  channel: {
    /** Know that the channel exists, who is in it, and what is written in it from now on. */
    view_channel: 'channel',
    /** Read what was written before, and search in it. */
    read_history: 'channel',
    /** Change the channel's name, topic and slow mode, archive it and delete it. */
    manage_channel: 'channel',
    /** Change what roles and people may do in the channel. */
    manage_channel_permissions: 'channel',
    /** Write as often as one likes where slow mode is on. */
    bypass_slow_mode: 'channel',
  },
  message: {
    /** Write messages, and change and delete one's own. */
    send_messages: 'channel',
    /** Write in threads. */
    send_in_threads: 'channel',
    /** Begin a thread below a message. */
    create_threads: 'channel',
    /** Rename, close and delete threads that others began. */
    manage_threads: 'channel',
    /** Attach files. */
    attach_files: 'channel',
    /** Send voice messages. */
    send_voice_messages: 'channel',
    /** Have links shown with a preview. */
    embed_links: 'channel',
    /** React with an emoji that nobody has reacted with yet. */
    add_reactions: 'channel',
    /** Use the emoji of other communities. */
    use_external_emoji: 'channel',
    /** Mention @here and @channel. */
    mention_everyone: 'channel',
    /** Mention roles and groups that do not allow it to everybody. */
    mention_roles: 'channel',
    /** Pin messages, and take pins away. */
    pin_messages: 'channel',
    /** Delete what others wrote, and their reactions. */
    delete_messages: 'channel',
    /** See what an edited message said before. */
    view_edit_history: 'channel',
  },
  voice: {
    /** Join the call of the channel and listen. */
    join_voice: 'channel',
    /** Be heard in the call. */
    speak: 'channel',
    /** Show one's camera. */
    use_camera: 'channel',
    /** Share one's screen. */
    share_screen: 'channel',
    /** Speak without holding a key. */
    use_voice_activity: 'channel',
    /** Play sounds of the soundboard into the call. */
    use_soundboard: 'channel',
    /** Join a call that is full. */
    bypass_user_limit: 'channel',
    /** Let people without an account into the call by a link. */
    invite_guests: 'channel',
    /** Record the call for everybody. */
    record_call: 'channel',
    /** Keep the last minutes of a shared screen as a clip. */
    capture_replay: 'channel',
  },
  moderation: {
    /** Remove members below oneself, who may come back with an invite. */
    kick_members: 'community',
    /** Keep people out for good or for a time, and let them in again. */
    ban_members: 'community',
    /** List who is banned, and why. */
    view_bans: 'community',
    /** Let members below oneself only read for a time. */
    time_out_members: 'community',
    /** Read who moderated whom. */
    view_moderation_log: 'community',
    /** See and close what members reported. */
    manage_reports: 'community',
    /** Mute others in the call for everybody. */
    mute_members: 'channel',
    /** Keep others in the call from hearing it. */
    deafen_members: 'channel',
    /** Move others to another voice channel, or out of the call. */
    move_members: 'channel',
  },
} as const satisfies Record<string, Record<string, ActionScope>>;

export type ActionGroup = keyof typeof actionGroups;

export type Action = { [G in ActionGroup]: keyof (typeof actionGroups)[G] }[ActionGroup];

export interface ActionInfo {
  action: Action;
  group: ActionGroup;
  scope: ActionScope;
}

/** All actions in the order of the groups. An action's place is its bit in a PermissionSet, and is stored nowhere. */
export const allActions: readonly ActionInfo[] = listed();

export function isAction(name: string): name is Action {
  return allActions.some(({ action }) => action === name);
}

function listed(): ActionInfo[] {
  // Object.entries knows the names as strings only; the groups themselves say that each of them is an action.
  const entries = Object.entries(actionGroups) as [ActionGroup, Record<Action, ActionScope>][];
  return entries.flatMap(([group, actions]) =>
    (Object.entries(actions) as [Action, ActionScope][]).map(([action, scope]) => ({ action, group, scope })),
  );
}
