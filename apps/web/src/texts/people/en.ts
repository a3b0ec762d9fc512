import { isolated } from '../isolated.js';

/** Texts of people and what they are to one, in English. */

export const en = {
  friends: {
    title: (count: number) => `Friends · ${count}`,
    incoming: (count: number) => `They ask to be your friends · ${count}`,
    outgoing: (count: number) => `You have asked · ${count}`,
    blocked: (count: number) => `Blocked · ${count}`,
    accept: (name: string) => `Accept the request of ${isolated(name)}`,
    acceptShort: 'Accept',
    decline: (name: string) => `Decline the request of ${isolated(name)}`,
    declineShort: 'Decline',
    withdraw: 'Withdraw',
    withdrawOf: (name: string) => `Withdraw the request to ${isolated(name)}`,
    message: (name: string) => `Write to ${isolated(name)}`,
    messageShort: 'Message',
    remove: (name: string) => `End the friendship with ${isolated(name)}`,
    removeShort: 'End friendship',
    unblock: (name: string) => `Unblock ${isolated(name)}`,
    nobody:
      'No friends yet. Friends reach each other without a common community, and see when the other is there.',
  },
  addFriend: {
    label: 'Add a friend',
    hint: 'By their user name.',
    submit: 'Send request',
    asked: (name: string) => `${isolated(name)} was asked.`,
    friends: (name: string) => `You and ${isolated(name)} are friends now.`,
    nobody: 'There is nobody of this name. Ask them how their user name is spelled.',
    oneself: 'This is you.',
    blocked: 'You have blocked this person. Unblock them first.',
  },
  card: {
    label: (name: string) => `About ${isolated(name)}`,
    unknown: 'More is shown of people with whom you share a community or a conversation.',
    roles: 'Roles',
    common: (count: number) => (count === 1 ? 'Common community' : `${count} common communities`),
    ask: 'Add friend',
    block: 'Block',
  },
  members: {
    title: 'Members',
    search: 'Search members',
    none: 'Nobody of this name.',
  },
  profile: {
    displayName: 'Name',
    displayNameHint: (userName: string) =>
      `What others read. Without one it is your user name, ${isolated(userName)}.`,
    pronouns: 'Pronouns',
    about: 'About you',
    aboutHint: 'A few words for your card.',
    submit: 'Save profile',
    saved: 'Your profile was saved.',
  },
};

/** Every text of people, in one language. */
export type PeopleTexts = typeof en;
