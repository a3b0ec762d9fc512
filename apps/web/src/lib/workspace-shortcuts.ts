import type { KeyPress, Keys, Shortcut } from './shortcuts.js';

/** Keys of the workspace, wherever one is in it. */
export type WorkspaceAction =
  | 'switcher'
  | 'search'
  | 'previousChannel'
  | 'nextChannel'
  | 'previousUnread'
  | 'nextUnread'
  | 'markRead'
  | 'markAllRead'
  | 'settings'
  | 'muteAnywhere'
  | 'help';

/** Keys of the message that has the focus. */
export type MessageKey =
  'reply' | 'react' | 'thread' | 'edit' | 'copy' | 'link' | 'unread' | 'save' | 'pin' | 'delete';

/** Those with the same action stand together: the first is the one to learn. */
export const WORKSPACE_SHORTCUTS: readonly Shortcut<WorkspaceAction>[] = [
  { action: 'switcher', key: 'k', mod: true },
  { action: 'search', key: '/' },
  { action: 'search', key: 'f', mod: true, shift: true },
  { action: 'previousChannel', key: 'ArrowUp', alt: true },
  { action: 'nextChannel', key: 'ArrowDown', alt: true },
  { action: 'previousUnread', key: 'ArrowUp', alt: true, shift: true },
  { action: 'nextUnread', key: 'ArrowDown', alt: true, shift: true },
  { action: 'markRead', key: 'Escape' },
  { action: 'markAllRead', key: 'Escape', shift: true },
  { action: 'muteAnywhere', key: 'm', mod: true, shift: true },
  { action: 'settings', key: ',', mod: true },
  { action: 'help', key: '?' },
  { action: 'help', key: '/', mod: true },
];

export const MESSAGE_SHORTCUTS: readonly Shortcut<MessageKey>[] = [
  { action: 'reply', key: 'r' },
  { action: 'react', key: '+' },
  { action: 'thread', key: 't' },
  { action: 'edit', key: 'e' },
  { action: 'copy', key: 'c' },
  { action: 'link', key: 'l' },
  { action: 'unread', key: 'u' },
  { action: 'save', key: 's' },
  { action: 'pin', key: 'p' },
  { action: 'delete', key: 'Delete' },
];

/** Whether nothing but the key itself is pressed: who types means a letter by it. */
export function isTyped({ ctrlKey, metaKey, altKey, key }: KeyPress): boolean {
  return !ctrlKey && !metaKey && !altKey && key.length === 1;
}

/** What is written on keys: on a Mac they have signs. */
export interface KeyNames {
  mod: string;
  alt: string;
  shift: string;
  escape: string;
  delete: string;
}

/** What is written on each of the keys, in the order in which one presses them. */
export function keyCaps({ key, shift, alt, mod }: Keys, names: KeyNames): string[] {
  const caps: Record<string, string> = {
    ArrowUp: '↑',
    ArrowDown: '↓',
    Escape: names.escape,
    Delete: names.delete,
  };
  return [
    ...(mod === true ? [names.mod] : []),
    ...(alt === true ? [names.alt] : []),
    ...(shift === true ? [names.shift] : []),
    caps[key] ?? key.toUpperCase(),
  ];
}
