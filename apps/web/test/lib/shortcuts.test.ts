import { describe, expect, it } from 'vitest';
import {
  ariaShortcut,
  matchShortcut,
  SHORTCUTS,
  shortcutText,
  type KeyPress,
} from '../../src/lib/shortcuts.js';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  ...more,
});

describe('matchShortcut', () => {
  it('knows every documented key', () => {
    for (const { action, key, shift } of SHORTCUTS) {
      expect(matchShortcut(press(key, { shiftKey: shift }))).toBe(action);
    }
  });

  it('works with caps lock on', () => {
    expect(matchShortcut(press('M'))).toBe('microphone');
  });

  it('leaves keys with Ctrl, Alt or Meta to the browser', () => {
    for (const modifier of ['ctrlKey', 'altKey', 'metaKey'] as const) {
      expect(matchShortcut(press('c', { [modifier]: true }))).toBeUndefined();
    }
  });

  it('does not leave the call without Shift', () => {
    expect(matchShortcut(press('l'))).toBeUndefined();
    expect(matchShortcut(press('L', { shiftKey: true }))).toBe('leave');
  });

  it('takes the question mark with and without Shift', () => {
    expect(matchShortcut(press('?', { shiftKey: true }))).toBe('help');
    expect(matchShortcut(press('?'))).toBe('help');
  });

  it('counts a held key once', () => {
    expect(matchShortcut(press('m', { repeat: true }))).toBeUndefined();
  });
});

it('writes shortcuts for people and for assistive technology', () => {
  expect(shortcutText('leave')).toBe('Shift + L');
  expect(ariaShortcut('leave')).toBe('Shift+L');
  expect(shortcutText('help')).toBe('?');
});
