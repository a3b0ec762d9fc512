import { describe, expect, it } from 'vitest';
import {
  actionOf,
  ariaShortcut,
  matchShortcut,
  SHORTCUTS,
  shortcutText,
  type KeyPress,
} from '../../src/lib/shortcuts.js';
import {
  isTyped,
  keyCaps,
  MESSAGE_SHORTCUTS,
  WORKSPACE_SHORTCUTS,
} from '../../src/lib/workspace-shortcuts.js';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  ...more,
});

describe('matchShortcut', () => {
  it('knows every documented key', () => {
    for (const { action, key, shift = false } of SHORTCUTS) {
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

describe('the keys of the workspace', () => {
  it('are each found by what is pressed', () => {
    for (const { action, key, shift = false, alt = false, mod = false } of WORKSPACE_SHORTCUTS) {
      const held = { shiftKey: shift, altKey: alt };
      expect(actionOf(press(key, { ...held, ctrlKey: mod }), WORKSPACE_SHORTCUTS)).toBe(action);
      expect(actionOf(press(key, { ...held, metaKey: mod }), WORKSPACE_SHORTCUTS)).toBe(action);
    }
  });

  it('are no two the same', () => {
    for (const shortcuts of [SHORTCUTS, WORKSPACE_SHORTCUTS, MESSAGE_SHORTCUTS]) {
      const keys = shortcuts.map(({ key, shift, alt, mod }) => JSON.stringify({ key, shift, alt, mod }));
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  it('are found where the keyboard writes another script', () => {
    const letter = press('л', { ctrlKey: true, code: 'KeyK' });
    expect(actionOf(letter, WORKSPACE_SHORTCUTS)).toBe('switcher');
    // Where Latin letters stand elsewhere it is the letter that counts.
    expect(actionOf(press('t', { ctrlKey: true, code: 'KeyK' }), WORKSPACE_SHORTCUTS)).toBeUndefined();
  });

  it('are told from what is typed', () => {
    expect(isTyped(press('?', { shiftKey: true }))).toBe(true);
    expect(isTyped(press('k', { ctrlKey: true }))).toBe(false);
    expect(isTyped(press('Escape'))).toBe(false);
  });
});

it('writes shortcuts for people and for assistive technology', () => {
  expect(shortcutText('leave')).toBe('Shift + L');
  expect(ariaShortcut('leave')).toBe('Shift+L');
  expect(shortcutText('help')).toBe('?');
});

it('writes on keys what stands on them', () => {
  const names = { mod: 'Ctrl', alt: 'Alt', shift: 'Shift', escape: 'Esc', delete: 'Del' };
  expect(keyCaps({ key: 'ArrowUp', alt: true, shift: true }, names)).toEqual(['Alt', 'Shift', '↑']);
  expect(keyCaps({ key: 'k', mod: true }, { ...names, mod: '⌘' })).toEqual(['⌘', 'K']);
});
