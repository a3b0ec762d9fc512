import type { GroupName } from '../../finding/rank.js';
import { type MessageKey, type WorkspaceAction } from '../../lib/workspace-shortcuts.js';
import { isolated } from '../isolated.js';

/** Texts of finding one's way, in English. */

const groups: Record<GroupName, string> = {
  unread: 'Unread',
  recent: 'Recent',
  channels: 'Channels',
  people: 'People and conversations',
  communities: 'Communities',
  deeds: 'Actions',
};

const workspace: Record<WorkspaceAction, string> = {
  search: 'Search in messages',
  switcher: 'Go to a channel, a person or an action',
  previousChannel: 'Previous channel',
  nextChannel: 'Next channel',
  previousUnread: 'Previous unread channel',
  nextUnread: 'Next unread channel',
  markRead: 'Mark the channel as read',
  markAllRead: 'Mark everything as read',
  muteAnywhere: 'Microphone of the call on or off, wherever you are',
  settings: 'Settings',
  help: 'This list',
};

const message: Record<MessageKey, string> = {
  reply: 'Reply',
  react: 'React',
  thread: 'Open the thread',
  edit: 'Edit',
  copy: 'Copy the text',
  link: 'Copy the link',
  unread: 'Mark as unread from here',
  save: 'Save',
  pin: 'Pin',
  delete: 'Delete',
};

export const en = {
  switcher: {
    title: 'Go to',
    field: 'Go to a channel, a person or an action',
    placeholder: 'Where to?',
    nothing: (query: string) => `Nothing is called ${isolated(query)}`,
    nothingHint: 'Other words? # looks for channels alone, @ for people.',
    results: (count: number) => (count === 1 ? '1 result' : `${count} results`),
    newMessages: 'new',
    mentions: (count: number) => (count === 1 ? '1 mention' : `${count} mentions`),
    hintMove: 'to move',
    hintOpen: 'to open',
    hintClose: 'to close',
    groups,
  },
  search: {
    field: 'Search in messages',
    placeholder: 'Search in messages',
    clear: 'Clear the search',
    completions: 'Completions',
    filters: 'Narrow the search',
    keys: {
      from: 'who wrote it',
      in: 'in which channel',
      has: 'what it has, such as a link',
      before: 'before a day',
      after: 'after a day',
    },
    me: 'Me',
    hasLink: 'A link',
    daysAgo: (days: number) => {
      if (days === 0) return 'Today';
      return days === 1 ? 'Yesterday' : `${days} days ago`;
    },
    sort: 'Order',
    relevance: 'Best first',
    newest: 'Newest first',
    results: (count: number, more: boolean) => {
      if (more) return `More than ${count} messages`;
      return count === 1 ? '1 message' : `${count} messages`;
    },
    more: 'More results',
    inThread: 'in a thread',
    title: 'Search in everything you may read',
    hint: 'Channels, conversations and threads. “Words in quotes” stand next to each other.',
    nothing: 'Nothing was found',
    nothingHint: 'Try fewer or other words, or a wider time.',
    mistake:
      'This search cannot be understood. Days are written as 2026-01-31, and what a message has as has:link.',
  },
  deeds: {
    search: 'Search in messages',
    readAll: 'Mark everything as read',
    readDone: 'Everything is marked as read',
    shortcuts: 'Keyboard shortcuts',
    settings: 'Settings',
  },
  shortcuts: {
    title: 'Keyboard shortcuts',
    lead: 'Those without Ctrl, ⌘ or Alt work while you are not typing.',
    groups: {
      workspace: 'Everywhere',
      messages: 'In messages',
      call: 'In a call',
    },
    workspace,
    message,
    walk: 'From message to message, once one has the focus',
    editLast: 'Change your last message, from the empty field',
    newLine: 'New line in the field',
  },
  keys: { mod: 'Ctrl', alt: 'Alt', shift: 'Shift', escape: 'Esc', delete: 'Del', enter: 'Enter' },
};

/** Every text of finding one's way, in one language. */
export type FindingTexts = typeof en;
