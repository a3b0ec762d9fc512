import { isolated } from '../isolated.js';
import { permissions } from './permissions-en.js';

/** The texts of who runs a community, in English. */

export const en = {
  cancel: 'Cancel',
  save: 'Save',
  saving: 'Saving…',
  saved: 'Saved',
  /** What is to be typed so that nothing is deleted by mistake. */
  typeName: (name: string) => `Type ${isolated(name)} to confirm`,
  community: {
    add: 'Make or join a community',
    menu: 'Menu of the community',
    addTitle: 'A community for you',
    addLead: 'Make one of your own, or join one that you were invited to.',
    joinLead: 'Join a community that you were invited to.',
    create: 'Make',
    join: 'Join',
    name: 'Name',
    namePlaceholder: 'Analytical Engines',
    description: 'What it is for',
    descriptionHint: 'Can stay empty.',
    beginsWith: 'It begins with #general, #announcements and a voice channel. Invite others by a link.',
    make: 'Make the community',
    making: 'Making…',
    link: 'Invite link',
    linkHint: 'As you were sent it.',
    otherServer: 'This link leads to another server. Open it in the browser.',
    noLink: 'This is no invite link. Copy all of it.',
    open: 'Open the invitation',
    markRead: 'Mark all as read',
    settings: 'Community settings',
    leave: 'Leave the community',
  },
  leave: {
    title: (community: string) => `Leave ${isolated(community)}?`,
    lead: 'You can come back only by an invitation.',
    consequences: [
      'You no longer see its channels and what is written in them.',
      'Your roles, and what was decided for you in single channels, are gone: who comes back comes as anybody.',
      'What you have written stays.',
    ],
    submit: 'Leave',
    ownerTitle: (community: string) => `${isolated(community)} is yours`,
    ownerLead: 'Whoever owns a community cannot leave it.',
    ownerDetail: 'Give it to another member first, or delete it, both in its settings.',
  },
  channel: {
    menu: (channel: string) => `Menu of ${isolated(channel)}`,
    createIn: (category: string) => `Create a channel in ${isolated(category)}`,
    create: 'Create a channel',
    createLead: 'A place for one topic, one team or one project.',
    createCategory: 'Create a category',
    categoryLead: 'Categories keep channels together, and can decide who sees them.',
    edit: 'Edit the channel',
    editCategory: 'Edit the category',
    editLead: (channel: string) => `Changes of ${isolated(channel)} are seen by everybody at once.`,
    kind: 'Kind',
    kinds: { text: 'Text', voice: 'Voice' },
    name: 'Name',
    namePlaceholder: 'product-ideas',
    topic: 'Topic',
    topicHint: 'What the channel is for. Can stay empty.',
    private: 'Private',
    privateHint: 'Only you, administrators, and whom you let in see it.',
    privateCategoryHint: 'So are its channels, unless something else is decided in them.',
    slowMode: 'Slow mode: how long everybody waits between two messages',
    slowModes: (seconds: number) => {
      if (seconds === 0) return 'No slow mode';
      if (seconds < 60) return `One message in ${seconds} seconds`;
      const minutes = seconds / 60;
      if (minutes < 60) return minutes === 1 ? 'One message a minute' : `One message in ${minutes} minutes`;
      return minutes === 60 ? 'One message an hour' : `One message in ${minutes / 60} hours`;
    },
    archived: 'Archived',
    archivedHint: 'Everybody can read it, nobody can write in it.',
    make: 'Create',
    making: 'Creating…',
    markRead: 'Mark as read',
    copyLink: 'Copy the link',
    linkCopied: 'The link was copied',
    permissions: 'Permissions',
    moveUp: 'Move up',
    moveDown: 'Move down',
    keys: { up: 'Alt ↑', down: 'Alt ↓' },
    movedTo: (channel: string, place: number, count: number) =>
      `${isolated(channel)} is now ${place} of ${count}`,
    delete: 'Delete the channel',
    deleteCategory: 'Delete the category',
  },
  deletion: {
    channelTitle: (channel: string) => `Delete ${isolated(channel)}?`,
    channelLead: 'Everything that was written in it is deleted too, for everybody and for good.',
    voiceLead: 'Whoever is in its call is put out. It cannot be brought back.',
    categoryLead: 'Its channels stay, as private as they are now.',
    submit: 'Delete',
    busy: 'Deleting…',
    /** To a name that was typed wrongly. */
    notTheName: 'This is not its name.',
    archiveInstead: 'To keep what was written, archive the channel instead.',
  },
  more: 'Show more',
  settings: {
    back: 'Back to the channels',
    sections: {
      overview: 'Overview',
      roles: 'Roles',
      members: 'Members',
      invites: 'Invites',
      bans: 'Bans',
      ownership: 'Ownership and deletion',
    },
  },
  roles: {
    label: 'Roles, the highest first',
    lead: 'Members may do what any of their roles allows. Whoever manages roles does so with those below their own highest.',
    create: 'Create a role',
    newName: 'New role',
    allows: (count: number) => (count === 1 ? '1 permission' : `${count} permissions`),
    moveUp: (role: string) => `Move ${isolated(role)} up`,
    moveDown: (role: string) => `Move ${isolated(role)} down`,
    colour: 'Colour',
    noColour: 'No colour',
    otherColour: 'Another colour',
    search: 'Search permissions',
    everyone: 'Every member has this role: what it allows, everybody may.',
    aboveYou: 'You can only look at this role: it is not below your own highest.',
    delete: 'Delete the role',
    deleteLead: 'Everybody who has it loses what it allows. It cannot be brought back.',
  },
  members: {
    label: 'Members',
    search: 'Search by the beginning of a name',
    empty: 'Nobody is called so.',
    owner: 'Owner',
    timedOut: (time: string) => `May only read until ${time}`,
    rolesOf: (name: string) => `Roles of ${isolated(name)}`,
    menu: (name: string) => `What to do about ${isolated(name)}`,
    roles: 'Roles',
    rename: 'Change the nickname',
    timeOut: 'Time out',
    endTimeout: 'End the time-out',
    kick: 'Remove from the community',
    ban: 'Ban',
    nickname: 'Nickname',
    nicknameHint: 'Only in this community. Empty for their own name.',
    howLong: 'How long',
    reason: 'Reason',
    reasonHint: 'For those who look at the bans. Can stay empty.',
    span: (seconds: number | null) => {
      if (seconds === null) return 'For good';
      if (seconds < 3600) return seconds === 60 ? 'For 1 minute' : `For ${seconds / 60} minutes`;
      const hours = seconds / 3600;
      if (hours < 24) return hours === 1 ? 'For 1 hour' : `For ${hours} hours`;
      return hours === 24 ? 'For 1 day' : `For ${hours / 24} days`;
    },
    windows: {
      rename: {
        title: (name: string) => `Nickname of ${isolated(name)}`,
        lead: 'Everybody in the community sees it in place of their name.',
        submit: 'Save',
      },
      timeout: {
        title: (name: string) => `Time out ${isolated(name)}?`,
        lead: 'Until it ends they see and read everything, and can write and say nothing.',
        submit: 'Time out',
      },
      kick: {
        title: (name: string) => `Remove ${isolated(name)}?`,
        lead: 'They lose their roles, and can come back with an invite.',
        submit: 'Remove',
      },
      ban: {
        title: (name: string) => `Ban ${isolated(name)}?`,
        lead: 'They are taken out, lose their roles, and no invite lets them in until the ban ends. What they wrote stays.',
        submit: 'Ban',
      },
    },
  },
  invites: {
    label: 'Invites in force',
    leadAll: 'By these links one can join now.',
    leadOwn: 'By these links, which you have made, one can join now.',
    empty: 'There is no invite.',
    madeBy: (name: string) => `By ${isolated(name)}`,
    uses: (uses: number, most: number | null) =>
      most === null ? `used ${uses} times` : `used ${uses} of ${most} times`,
    never: 'never expires',
    until: (time: string) => `until ${time}`,
    end: 'End',
    endOf: (code: string) => `End the invite ${isolated(code)}`,
  },
  bans: {
    label: 'Who is banned',
    empty: 'Nobody is banned.',
    since: (time: string) => `Since ${time}`,
    until: (time: string) => `until ${time}`,
    forGood: 'for good',
    lift: 'Lift',
    liftOf: (name: string) => `Lift the ban of ${isolated(name)}`,
  },
  ownership: {
    give: 'Give to somebody else',
    giveTitle: (community: string, name: string) => `Give ${isolated(community)} to ${isolated(name)}?`,
    giveLead:
      'They then may do everything here, and only they can give it back. You stay a member with your roles.',
    to: 'Choose a member',
    nobody: 'There is nobody else yet',
    given: (name: string) => `The community is now owned by ${isolated(name)}`,
    delete: 'Delete the community',
    deleteLead:
      'All channels and everything that was written in them are deleted, for everybody and for good.',
  },
  overwrites: {
    title: (channel: string) => `Permissions in ${isolated(channel)}`,
    lead: 'What is decided here counts in this channel alone: first for @everyone, then for roles, then for single people.',
    who: 'For whom',
    role: (name: string, decided: boolean) => (decided ? `${name} – decided here` : name),
    person: (name: string, decided: boolean) =>
      decided ? `${name} (member) – decided here` : `${name} (member)`,
    allow: 'Allow',
    leave: 'As it is',
    deny: 'Deny',
    synced: (category: string) =>
      `As in the category ${isolated(category)}. The first change makes it the channel’s own.`,
    notSynced: (category: string) => `Decided for this channel alone, not as in ${isolated(category)}.`,
    sync: 'As in the category again',
  },
  permissionGroups: {
    community: 'Community',
    channel: 'Channels',
    message: 'Messages',
    voice: 'Calls',
    moderation: 'Moderation',
  },
  permissions,
};

/** Every text of who runs a community, in one language. */
export type AdministrationTexts = typeof en;
