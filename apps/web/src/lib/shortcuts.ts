export type ShortcutAction =
  'microphone' | 'camera' | 'screen' | 'hand' | 'reactions' | 'chat' | 'people' | 'view' | 'leave' | 'help';

export interface Shortcut {
  action: ShortcutAction;
  /** What `KeyboardEvent.key` gives, in lower case. */
  key: string;
  shift: boolean;
}

/** The part of a KeyboardEvent that decides. */
export interface KeyPress {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  repeat: boolean;
}

export const SHORTCUTS: readonly Shortcut[] = [
  { action: 'microphone', key: 'm', shift: false },
  { action: 'camera', key: 'v', shift: false },
  { action: 'screen', key: 's', shift: false },
  { action: 'hand', key: 'h', shift: false },
  { action: 'reactions', key: 'r', shift: false },
  { action: 'chat', key: 'c', shift: false },
  { action: 'people', key: 'p', shift: false },
  { action: 'view', key: 'g', shift: false },
  { action: 'leave', key: 'l', shift: true },
  { action: 'help', key: '?', shift: false },
];

/** The action of a key press, or undefined. A held key counts once; keys with Ctrl, Alt or Meta are the browser's. */
export function matchShortcut(press: KeyPress): ShortcutAction | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey || press.repeat) return undefined;
  const key = press.key.toLowerCase();
  // `?` needs Shift on some keyboards and not on others: for a sign, Shift is already part of the key.
  const isLetter = key.length === 1 && key >= 'a' && key <= 'z';
  return SHORTCUTS.find((s) => s.key === key && (!isLetter || s.shift === press.shiftKey))?.action;
}

/** How a shortcut is written for people, such as `Shift + L`. */
export function shortcutText(action: ShortcutAction): string {
  const shortcut = SHORTCUTS.find((candidate) => candidate.action === action);
  if (shortcut === undefined) return '';
  return (shortcut.shift ? 'Shift + ' : '') + shortcut.key.toUpperCase();
}

/** How a shortcut is written in `aria-keyshortcuts`, such as `Shift+L`. */
export function ariaShortcut(action: ShortcutAction): string {
  return shortcutText(action).replaceAll(' ', '');
}
