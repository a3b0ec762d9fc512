import { SHORTCUTS, shortcutText } from '../lib/shortcuts.js';
import { useStore } from '../lib/use-store.js';
import { texts } from '../texts/texts.js';
import { Dialog } from '../ui/dialog.js';
import { usePreferences } from '../ui/use-preferences.js';
import { useCall } from './use-call.js';
import styles from './shortcuts-dialog.module.css';

/** The list of keyboard shortcuts. */
export function ShortcutsDialog() {
  const { dialog } = useCall().ui;
  const open = useStore(dialog) === 'shortcuts';
  const { preferences } = usePreferences();
  return (
    <Dialog
      title={texts.shortcuts.title}
      description={preferences.shortcutsOn ? texts.shortcuts.on : texts.shortcuts.off}
      open={open}
      onOpenChange={(isOpen) => dialog.set(isOpen ? 'shortcuts' : undefined)}
      returnFocus={() => document.getElementById('more-button')?.focus()}
    >
      <dl className={styles.list} data-testid="shortcuts">
        <div className={styles.row}>
          <dt>{texts.shortcuts.holdToTalk}</dt>
          <dd>
            <kbd className={styles.key}>{texts.shortcuts.space}</kbd>
          </dd>
        </div>
        {SHORTCUTS.map(({ action }) => (
          <div key={action} className={styles.row}>
            <dt>{texts.shortcuts[action]}</dt>
            <dd>
              <kbd className={styles.key}>{shortcutText(action)}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
