import { isolated } from '../isolated.js';

/** Texts of conversations outside of communities, in English. */

export const en = {
  title: 'Direct messages',
  friends: 'Friends',
  gone: 'Deleted account',
  onlyYou: 'Only you',
  unread: (count: number) => (count >= 100 ? 'over 99 new' : `${count} new`),
  requests: (count: number) => (count === 1 ? '1 friend request' : `${count} friend requests`),
  members: (count: number) => (count === 1 ? '1 member' : `${count} members`),
  empty: 'Nobody to talk to here yet. Begin a conversation with somebody you know.',
  back: 'Back to the conversations',
  start: 'New conversation',
  startLead: 'With one person, or with several as a group.',
  startDirect: 'Begin conversation',
  startGroup: 'Begin group',
  add: 'Add people',
  addTo: (name: string) => `Add people to ${isolated(name)}`,
  addLead: 'They see what was written before, and whoever is in the group can add more.',
  groupLead: 'A new group is begun; this conversation stays between the two of you.',
  addSubmit: 'Add',
  more: 'More',
  showMembers: (count: number) => (count === 1 ? 'Members: 1' : `Members: ${count}`),
  rename: 'Rename',
  renameTitle: 'Name of the group',
  renameLead: 'Everybody in the group sees it. Without a name, the names of its members stand there.',
  name: 'Name',
  save: 'Save',
  busy: 'One moment…',
  leave: 'Leave group',
  leaveTitle: (name: string) => `Leave ${isolated(name)}?`,
  leaveLead: 'You no longer see what is written in it. Somebody in the group can add you again.',
  cancel: 'Cancel',
  beginningDirect: (name: string) => `This is where your conversation with ${isolated(name)} begins.`,
  beginningGroup: (name: string) => `This is where ${isolated(name)} begins.`,
  youBlocked: (name: string) => `You have blocked ${isolated(name)}. Neither of you can write here.`,
  unblock: 'Unblock',
  notHere: {
    title: 'This conversation is not here',
    detail: 'It is gone, or you are no longer in it.',
  },
  toConversations: 'To the conversations',
  closed: 'One of them takes messages of friends alone. Ask them to be your friend first.',
  picker: {
    label: 'Who',
    placeholder: 'Search by name',
    none: 'Nobody of this name among friends and in your communities.',
    found: 'People',
    chosen: 'Chosen',
    remove: (name: string) => `Remove ${isolated(name)}`,
    most: 'A group has at most 10 members.',
    groupName: 'Name of the group (optional)',
  },
};

/** Every text of conversations, in one language. */
export type ConversationTexts = typeof en;
