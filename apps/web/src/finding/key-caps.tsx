import { type Keys } from '../lib/shortcuts.js';
import { keyCaps, type KeyNames } from '../lib/workspace-shortcuts.js';
import { findingTexts } from '../texts/finding/finding-texts.js';
import { isApple } from '../lib/is-apple.js';
import styles from './key-caps.module.css';

const ON_APPLE: KeyNames = { mod: '⌘', alt: '⌥', shift: '⇧', escape: 'esc', delete: '⌦' };

/** Keys as they are written on a keyboard. */
export function KeyCaps({ keys }: { keys: Keys }) {
  const caps = keyCaps(keys, isApple() ? ON_APPLE : findingTexts.keys);
  return (
    <span className={styles.keys}>
      {caps.map((cap) => (
        <kbd key={cap} className={styles.cap}>
          {cap}
        </kbd>
      ))}
    </span>
  );
}
