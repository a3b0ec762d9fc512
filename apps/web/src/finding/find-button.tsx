import { Search } from 'lucide-react';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { isApple } from '../lib/is-apple.js';
import { pageDialog } from '../workspace/page-dialog.js';
import styles from './find-button.module.css';

/** Opens the window in which one types where to go. */
export function FindButton() {
  return (
    <button
      type="button"
      className={styles.button}
      aria-keyshortcuts="Control+K Meta+K"
      onClick={() => pageDialog.set('switcher')}
    >
      <Search size={15} aria-hidden="true" />
      <span className={styles.words}>{workspaceTexts.shell.find}</span>
      <kbd className={styles.key} aria-hidden="true">
        {isApple() ? '⌘ K' : workspaceTexts.shell.findKey}
      </kbd>
    </button>
  );
}
