import { useEffect, useRef } from 'react';
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
      if (event.defaultPrevented || isTakenBy(event.target)) return;
      const action = matchShortcut(event);
      if (action === undefined) return;
      event.preventDefault();
      latest.current[action]();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [enabled]);
}

function isTakenBy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.closest(
      'input, textarea, select, [role="menu"], [role="listbox"], [role="dialog"]:not([data-shortcuts])',
    ) !== null
  );
}
