import { WorkspaceError } from './workspace-error.js';

/** How many of each there may be, so that nothing grows beyond what a page and a server carry. */
export const LIMITS = {
  communitiesOwned: 100,
  communitiesJoined: 200,
  channels: 500,
  categories: 50,
  overwrites: 100,
  roles: 250,
  invites: 200,
  groupMembers: 10,
  groups: 200,
  friends: 1000,
  friendRequests: 100,
  blocks: 1000,
  messageVersions: 100,
  pins: 50,
  savedMessages: 1000,
  emojiOfMessage: 20,
  drafts: 200,
  scheduledMessages: 100,
  openUploads: 50,
} as const;

const WHAT: Record<keyof typeof LIMITS, string> = {
  communitiesOwned: 'communities of one owner',
  communitiesJoined: 'communities of one member',
  channels: 'channels in a community',
  categories: 'categories in a community',
  overwrites: 'overwrites of a channel',
  roles: 'roles in a community',
  invites: 'invites to a community',
  groupMembers: 'people in a group',
  groups: 'groups of one person',
  friends: 'friends of one person',
  friendRequests: 'requests without an answer',
  blocks: 'people whom one person blocks',
  messageVersions: 'changes of one message',
  pins: 'pinned messages in a channel',
  savedMessages: 'saved messages of one person',
  emojiOfMessage: 'different emoji below a message',
  drafts: 'drafts of one person',
  scheduledMessages: 'scheduled messages of one person',
  openUploads: 'uploads of one person that were not sent',
};

/** Throws a WorkspaceError if one more would be too many. */
export function checkLimit(what: keyof typeof LIMITS, there: number): void {
  if (there < LIMITS[what]) return;
  throw new WorkspaceError('limit_reached', `There are ${LIMITS[what]} ${WHAT[what]}, and no more can be.`, {
    remedy: 'Remove one that is not needed any more.',
  });
}
