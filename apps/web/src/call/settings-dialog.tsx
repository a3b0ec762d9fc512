import { useStore } from '../lib/use-store.js';
import { DeviceSelects } from '../media/device-selects.js';
import { texts } from '../texts/texts.js';
import { Dialog } from '../ui/dialog.js';
import { SwitchRow } from '../ui/switch-row.js';
import { ThemeChoice } from '../ui/theme-choice.js';
import { usePreferences } from '../ui/use-preferences.js';
import { useCall } from './use-call.js';
import styles from './settings-dialog.module.css';

/** Devices, theme and habits. Every change applies at once. */
export function SettingsDialog() {
  const { dialog } = useCall().ui;
  const open = useStore(dialog) === 'settings';
  const { preferences, update } = usePreferences();
  return (
    <Dialog
      title={texts.settings.title}
      description={texts.settings.description}
      open={open}
      onOpenChange={(isOpen) => dialog.set(isOpen ? 'settings' : undefined)}
      returnFocus={() => document.getElementById('more-button')?.focus()}
    >
      <section className={styles.section} aria-label={texts.settings.devices}>
        <h3 className={styles.heading}>{texts.settings.devicesHeading}</h3>
        <DeviceSelects revision={open} layout="column" />
      </section>
      <section className={styles.section} aria-label={texts.settings.appearance}>
        <h3 className={styles.heading}>{texts.settings.theme}</h3>
        <ThemeChoice />
      </section>
      <section className={styles.section} aria-label={texts.settings.habits}>
        <SwitchRow
          label={texts.settings.mirror}
          hint={texts.settings.mirrorHint}
          checked={preferences.mirrorSelf}
          onChange={(mirrorSelf) => update({ mirrorSelf })}
        />
        <SwitchRow
          label={texts.settings.shortcuts}
          hint={texts.settings.shortcutsHint}
          checked={preferences.shortcutsOn}
          onChange={(shortcutsOn) => update({ shortcutsOn })}
        />
      </section>
    </Dialog>
  );
}
