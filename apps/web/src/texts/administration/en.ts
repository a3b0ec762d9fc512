import { isolated } from '../isolated.js';

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
};

/** Every text of who runs a community, in one language. */
export type AdministrationTexts = typeof en;
