/** Keys that do something by themselves in a call. */
export type ShortcutAction =
  | 'microphone'
  | 'deafen'
  | 'camera'
  | 'screen'
  | 'hand'
  | 'reactions'
  | 'chat'
  | 'people'
  | 'view'
  | 'leave'
  | 'help';

/** Keys that are pressed together. */
export interface Keys {
  /** What `KeyboardEvent.key` gives, letters in lower case. */
  key: string;
  shift?: boolean;
  alt?: boolean;
  /** Ctrl, or ⌘ on a Mac. */
  mod?: boolean;
}

export interface Shortcut<Action extends string = ShortcutAction> extends Keys {
  action: Action;
}

/** The part of a KeyboardEvent that decides. */
export interface KeyPress {
  key: string;
  /** The key by its place, as `KeyK`: on keyboards of other scripts that is where people look for it. */
  code: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  repeat: boolean;
}

export const SHORTCUTS: readonly Shortcut[] = [
  { action: 'microphone', key: 'm' },
  { action: 'deafen', key: 'd' },
  { action: 'camera', key: 'v' },
  { action: 'screen', key: 's' },
  { action: 'hand', key: 'h' },
  { action: 'reactions', key: 'r' },
  { action: 'chat', key: 'c' },
  { action: 'people', key: 'p' },
  { action: 'view', key: 'g' },
  { action: 'leave', key: 'l', shift: true },
  { action: 'help', key: '?' },
];

/** The action of a key press, or undefined. A held key counts once. */
export function actionOf<Action extends string>(
  press: KeyPress,
  shortcuts: readonly Shortcut<Action>[],
): Action | undefined {
  if (press.repeat) return undefined;
  return shortcuts.find((keys) => isPressed(press, keys))?.action;
}

/** The action in a call. Keys with Ctrl, Alt or Meta are not among them. */
export function matchShortcut(press: KeyPress): ShortcutAction | undefined {
  return actionOf(press, SHORTCUTS);
}

function isPressed(press: KeyPress, { key, shift = false, alt = false, mod = false }: Keys): boolean {
  if ((press.ctrlKey || press.metaKey) !== mod || press.altKey !== alt) return false;
  // `?` needs Shift on some keyboards and not on others: for a sign, Shift is already part of the key.
  if (isSign(key)) return press.key === key;
  if (press.shiftKey !== shift) return false;
  const pressed = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  return pressed === key || (mod && !/^[a-z]$/u.test(pressed) && press.code === `Key${key.toUpperCase()}`);
}

function isSign(key: string): boolean {
  return key.length === 1 && !/[a-z]/u.test(key);
}

/** How a shortcut is written for people, such as `Shift + L`. */
export function shortcutText(action: ShortcutAction): string {
  const shortcut = SHORTCUTS.find((candidate) => candidate.action === action);
  if (shortcut === undefined) return '';
  return (shortcut.shift === true ? 'Shift + ' : '') + shortcut.key.toUpperCase();
}

/** How a shortcut is written in `aria-keyshortcuts`, such as `Shift+L`. */
export function ariaShortcut(action: ShortcutAction): string {
  return shortcutText(action).replaceAll(' ', '');
}
