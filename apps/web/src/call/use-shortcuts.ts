import { useEffect, useRef } from 'react';
import { isKeyboardTaken } from '../lib/keyboard-taken.js';
import { matchShortcut, type ShortcutAction } from '../lib/shortcuts.js';

/** Runs the actions of shortcuts, except while a person types or a menu or dialog has the keyboard. */
export function useShortcuts(enabled: boolean, actions: Record<ShortcutAction, () => void>): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  }, [actions]);

  useEffect(() => {
    if (!enabled) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isKeyboardTaken(event.target)) return;
      const action = matchShortcut(event);
      if (action === undefined) return;
      event.preventDefault();
      latest.current[action]();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [enabled]);
}
