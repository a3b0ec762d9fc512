import { SHORTCUTS, shortcutText } from '../lib/shortcuts.js';
import { Dialog } from '../ui/dialog.js';
import { usePreferences } from '../ui/use-preferences.js';
import styles from './shortcuts-dialog.module.css';

export interface ShortcutsDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The list of keyboard shortcuts. */
export function ShortcutsDialog({ open, onOpenChange }: ShortcutsDialogProps) {
  const { preferences } = usePreferences();
  return (
    <Dialog
      title="Keyboard shortcuts"
      description={
        preferences.shortcutsOn
          ? 'They work whenever you are not typing.'
          : 'They are switched off. You can switch them on in the settings.'
      }
      open={open}
      onOpenChange={onOpenChange}
      returnFocus={() => document.getElementById('more-button')?.focus()}
    >
      <dl className={styles.list} data-testid="shortcuts">
        {SHORTCUTS.map(({ action, label }) => (
          <div key={action} className={styles.row}>
            <dt>{label}</dt>
            <dd>
              <kbd className={styles.key}>{shortcutText(action)}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
