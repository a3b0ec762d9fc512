export type ShortcutAction =
  'microphone' | 'camera' | 'screen' | 'hand' | 'reactions' | 'chat' | 'people' | 'view' | 'leave' | 'help';

export interface Shortcut {
  action: ShortcutAction;
  /** What `KeyboardEvent.key` gives, in lower case. */
  key: string;
  shift: boolean;
  label: string;
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
  { action: 'microphone', key: 'm', shift: false, label: 'Microphone on or off' },
  { action: 'camera', key: 'v', shift: false, label: 'Camera on or off' },
  { action: 'screen', key: 's', shift: false, label: 'Share or stop sharing your screen' },
  { action: 'hand', key: 'h', shift: false, label: 'Raise or lower your hand' },
  { action: 'reactions', key: 'r', shift: false, label: 'Open reactions' },
  { action: 'chat', key: 'c', shift: false, label: 'Open or close messages' },
  { action: 'people', key: 'p', shift: false, label: 'Open or close the list of people' },
  { action: 'view', key: 'g', shift: false, label: 'Switch between grid and speaker view' },
  { action: 'leave', key: 'l', shift: true, label: 'Leave the call' },
  { action: 'help', key: '?', shift: false, label: 'Show the keyboard shortcuts' },
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
