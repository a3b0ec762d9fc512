import { isolated } from '../isolated.js';

/** Texts of what is written in channels, in English. */

const seconds = (count: number) => (count === 1 ? '1 second' : `${count} seconds`);

export const en = {
  messages: {
    list: (channel: string) => `Messages in ${isolated(channel)}`,
    loadingOlder: 'Loading older messages…',
    beginning: 'The beginning of this channel',
    noHistory: 'You may not read what was written here before.',
    fresh: 'New',
    toPresent: 'Jump to present',
    edited: 'edited',
    sending: 'Sending…',
    failed: (why: string) => `Not sent. ${why}`,
    again: 'Try again',
    drop: 'Delete',
    gone: 'Deleted account',
    replyTo: (name: string) => `In reply to ${isolated(name)}`,
    replyToGone: 'In reply to a deleted message',
    forwarded: 'Passed on',
    forwardedGone: 'What was passed on here was deleted.',
    spoiler: 'Hidden. Press to show.',
    deleted: 'This message was deleted.',
    pinned: 'Pinned',
    saved: 'Saved',
    notHere: 'This message is not here any more.',
    today: 'Today',
    yesterday: 'Yesterday',
  },
  unread: {
    muted: 'muted',
    fresh: 'new messages',
    messages: (count: number) => (count >= 100 ? 'over 99 new' : `${count} new`),
    mentions: (count: number) => (count === 1 ? '1 mention' : `${count} mentions`),
  },
  composer: {
    label: (channel: string) => `Message in ${isolated(channel)}`,
    placeholder: (channel: string) => `Write in ${isolated(channel)}`,
    threadLabel: 'Reply in the thread',
    threadPlaceholder: 'Reply…',
    answering: (name: string) => `Reply to ${isolated(name)}`,
    notAnswering: 'Do not reply to it',
    emoji: 'Emoji',
    send: 'Send',
    tooLong: (count: number) => (count === 1 ? '1 character too many' : `${count} characters too many`),
    left: (count: number) => `${count} characters left`,
    slowMode: (wait: number) => `Slow mode: one message in ${seconds(wait)}.`,
    archived: 'This channel is archived. It can be read only.',
    mayNot: 'You may read here, and not write.',
  },
  pins: {
    none: 'Nothing is pinned yet',
    hint: 'What everybody here should find again is pinned from the menu of a message.',
  },
  thread: {
    list: 'Messages in the thread',
    replies: (count: number) => (count === 1 ? '1 reply' : `${count} replies`),
    last: 'Last reply',
    follow: 'Follow',
    unfollow: 'Do not follow',
    gone: 'This thread is not here any more',
    goneHint: 'The message above it was deleted.',
  },
  jump: 'Show in the channel',
  draft: 'Draft',
  typing: (names: readonly string[]) => {
    const [first = '', second = ''] = names;
    if (names.length > 2) return 'Several people are typing…';
    return names.length === 2
      ? `${isolated(first)} and ${isolated(second)} are typing…`
      : `${isolated(first)} is typing…`;
  },
  completion: {
    label: 'Completions',
    role: 'Role',
    here: 'Everybody who is online',
    channel: 'Everybody in this channel',
  },
  emoji: {
    search: 'Search emoji',
    none: 'No emoji is called so',
    recent: 'Recently used',
    tone: 'Tone of skin',
    failed: 'The emoji could not be loaded.',
    groups: {
      0: 'Smileys',
      1: 'People',
      3: 'Animals and nature',
      4: 'Food and drink',
      5: 'Travel and places',
      6: 'Activities',
      7: 'Objects',
      8: 'Symbols',
      9: 'Flags',
    },
  },
  actions: {
    more: 'More',
    react: 'React',
    reactWith: (emoji: string) => `React with ${emoji}`,
    reactions: 'Reactions',
    reaction: (emoji: string, count: number) =>
      count === 1 ? `${emoji}, 1 person` : `${emoji}, ${count} people`,
    reply: 'Reply',
    thread: 'Reply in thread',
    link: 'Copy link',
    linkCopied: 'The link was copied',
    unread: 'Mark unread from here',
    unsave: 'Forget',
    saved: 'Saved for later',
    unsaved: 'No longer saved',
    edit: 'Edit',
    pin: 'Pin',
    unpin: 'Unpin',
    pinned: 'The message is pinned',
    unpinned: 'The message is no longer pinned',
    delete: 'Delete',
    copy: 'Copy text',
    copied: 'The text was copied',
    copyFailed: 'The browser does not allow copying here.',
    editing: 'Edit the message',
    save: 'Save for later',
    keep: 'Save',
    cancel: 'Cancel',
    deleteTitle: 'Delete this message?',
    deleteDetail: 'It will be gone for everybody.',
  },
};

/** Every text of what is written in channels, in one language. */
export type MessageTexts = typeof en;
