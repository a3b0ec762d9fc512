import { isolated } from '../isolated.js';

/** The workspace's texts in English. */

const seconds = (count: number) => (count === 1 ? '1 second' : `${count} seconds`);

export const en = {
  account: {
    userName: 'User name',
    userNameHint: 'How others mention you. No spaces.',
    password: 'Password',
    passwordHint: 'At least 10 characters. A few words do well.',
    showPassword: 'Show password',
    hidePassword: 'Hide password',
    startCall: 'Start a call without an account',
    guestCall: 'Just a quick call?',
  },
  setUp: {
    title: 'Set up your workspace',
    lead: 'A place for your team to talk, on your own server. You become its owner.',
    name: 'Name of the workspace',
    namePlaceholder: 'Analytical Engines',
    code: 'Set-up code',
    codeHint: 'It stands in the log of the server, so that nobody else becomes its owner.',
    guests: 'Guests need no account: they call at /call, or come into a call by its link.',
    noGuests:
      'Others come by an invite link that you make. Guests without an account are let in with the setting “guests”.',
    submit: 'Create the workspace',
    busy: 'Creating…',
  },
  signIn: {
    title: (workspace: string) => `Sign in to ${isolated(workspace)}`,
    lead: 'Good to see you again.',
    submit: 'Sign in',
    busy: 'Signing in…',
    noAccount: 'No account yet? Ask somebody who is in for an invitation.',
  },
  invitation: {
    title: (community: string) => `Join ${isolated(community)}`,
    lead: 'You have been invited. Make an account to come in.',
    leadSignIn: 'You have been invited. Sign in to come in.',
    leadSignedIn: (name: string) => `You have been invited. You are signed in as ${isolated(name)}.`,
    until: (time: string) => `Good until ${time}`,
    create: 'Create account and join',
    signIn: 'Sign in and join',
    join: 'Join',
    busy: 'Joining…',
    haveAccount: 'I have an account',
    newAccount: 'I need an account',
    otherAccount: 'Use another account',
    gone: {
      title: 'This invitation no longer works',
      detail: 'It has expired, has been used up, or was never complete. Ask for a new one.',
    },
  },
  shell: {
    lists: 'Communities and channels',
    communities: 'Communities',
    directMessages: 'Direct messages',
    channels: 'Channels',
    find: 'Find or go to…',
    findKey: 'Ctrl K',
    you: 'Your settings',
    signOut: 'Sign out',
    noCommunity: {
      title: 'You are in no community',
      detail: 'Ask somebody who is in one for an invitation, and open its link here.',
    },
    communityGone: {
      title: 'This community is not here',
      detail: 'It is gone, or you are not a member. Ask for an invitation.',
    },
    channelGone: {
      title: 'This channel is not here',
      detail: 'It is gone, or it is private and you are not in it.',
    },
    toChannels: 'To the channels',
    archived: 'Archived',
    noChannels: {
      title: 'No channels yet',
      detail: 'As soon as there is a channel that you may see, it stands here.',
    },
  },
  channel: {
    private: 'Private',
    back: 'Back to the channels',
    about: 'About this channel',
    welcome: (channel: string) => `Welcome to ${isolated(channel)}`,
    seenByAll: (community: string) => `Everybody in ${isolated(community)} sees this channel.`,
    seenByFew: 'This channel is private: only who was let in sees it.',
  },
  panel: {
    search: 'Search',
    members: 'Members',
    close: 'Close the panel',
    back: 'Back to the channel',
    pins: 'Pinned messages',
    thread: 'Thread',
    own: 'Yours',
    threads: 'Your threads',
    saved: 'Saved messages',
    scheduled: 'Scheduled messages',
  },
  voice: {
    kind: 'Voice channel',
  },
  invite: {
    people: 'Invite people',
    title: (community: string) => `Invite people to ${isolated(community)}`,
    lead: 'Whoever opens the link can make an account and join.',
    lifetime: 'How long the link works',
    uses: 'How often the link works',
    expires: (lifetime: number | null) => {
      if (lifetime === null) return 'Never expires';
      const hours = lifetime / 3600;
      if (hours < 24) return hours === 1 ? 'For 1 hour' : `For ${hours} hours`;
      return hours === 24 ? 'For 1 day' : `For ${hours / 24} days`;
    },
    mostUses: (uses: number | null) => {
      if (uses === null) return 'Any number of people';
      return uses === 1 ? '1 person' : `${uses} people`;
    },
    make: 'Make a link',
  },
  settings: {
    of: (name: string) => `Signed in as ${isolated(name)}`,
    tabs: {
      profile: 'Profile',
      appearance: 'Appearance',
      notifications: 'Notifications',
      sessions: 'Devices',
      password: 'Password',
    },
  },
  sessions: {
    lead: 'Where you are signed in. End what you do not know, and change your password.',
    device: (browser: string | undefined, system: string | undefined) => {
      if (browser === undefined) return system ?? 'Unknown device';
      return system === undefined ? browser : `${browser} on ${system}`;
    },
    current: 'This device',
    end: 'End',
    endOf: (device: string) => `End the session on ${device}`,
    ended: 'The session was ended',
  },
  password: {
    current: 'Current password',
    next: 'New password',
    submit: 'Change password',
    busy: 'Changing…',
    changed: 'Your password was changed. All other devices are signed out.',
  },
  problem: {
    fileTooLarge: 'The file is larger than this server takes.',
    storageFull: 'The server has no space left. Tell whoever runs it.',
    title: 'This page cannot be shown',
    missing: {
      workspace_name: 'Enter a name for the workspace.',
      user_name: 'Enter a user name.',
      password: 'Enter a password.',
      current_password: 'Enter your current password.',
      new_password: 'Enter a new password.',
      setup_code: 'Enter the code that stands in the log of the server.',
      name: 'Enter a name.',
      link: 'Enter the link that you were sent.',
    },
    userName: {
      length: 'Choose a name of 2 to 32 characters.',
      characters: 'Use letters, digits, “.”, “_” and “-” only.',
      ends: 'Begin and end with a letter or digit, with one “.”, “_” or “-” at a time between them.',
      scripts: 'Use letters of one script only.',
      reserved: 'This name means something else here. Choose another.',
      other: 'This name cannot be taken. Choose another.',
    },
    password: {
      short: 'Too short. Choose at least 10 characters; a few words do well.',
      long: 'Too long. Choose at most 256 characters.',
      guessable: 'Too easy to guess. Choose something less common; a few words do well.',
      other: 'This password does not do. Choose another.',
    },
    wrongCredentials: 'Name or password is wrong. Check both and try again.',
    wrongPassword: 'This is not your current password.',
    userNameTaken: 'Somebody has this name already. Choose another, or sign in if it is you.',
    alreadySetUp: 'This workspace has been set up meanwhile. Reload the page and sign in.',
    invalid: 'The server does not accept this. Change it and try again.',
    tooMany: (wait: number | undefined) =>
      wait === undefined
        ? 'Too many attempts. Wait a moment, then try again.'
        : `Too many attempts. Try again in ${seconds(wait)}.`,
    slowMode: (wait: number | undefined) =>
      wait === undefined
        ? 'Slow mode is on. Wait a moment, then try again.'
        : `Slow mode is on. Try again in ${seconds(wait)}.`,
    limit: 'There are as many as there may be. Remove one first.',
    unauthenticated: 'You are no longer signed in. Reload the page and sign in.',
    banned: 'You are banned from this community. Ask somebody in it whom you know.',
    forbidden: 'You may not do this.',
    wrongSetUpCode: 'This is not the code. It stands in the log of the server, where it says “Set it up at”.',
    noEmoji: 'The server does not know this emoji. Choose another.',
    notFound: 'It is not there any more.',
    unreachable: 'The server does not answer. Check your connection and try again.',
    unavailable: 'The server has a problem. Try again in a moment.',
    notUnderstood: 'The server answered something this page does not understand. Reload the page.',
  },
};

/** Every text of the workspace, in one language. */
export type WorkspaceTexts = typeof en;
