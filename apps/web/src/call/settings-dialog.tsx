import { Monitor, Moon, Sun } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { THEMES, type Theme } from '../lib/preferences.js';
import { DeviceSelects } from '../media/device-selects.js';
import { Dialog } from '../ui/dialog.js';
import { SwitchRow } from '../ui/switch-row.js';
import { usePreferences } from '../ui/use-preferences.js';
import styles from './settings-dialog.module.css';

export interface SettingsDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

const THEME_LABELS: Record<Theme, string> = { system: 'System', light: 'Light', dark: 'Dark' };
const THEME_ICONS: Record<Theme, typeof Sun> = { system: Monitor, light: Sun, dark: Moon };

/** Devices, theme and habits. Every change applies at once. */
export function SettingsDialog({ open, onOpenChange }: SettingsDialogProps) {
  const { preferences, update } = usePreferences();
  return (
    <Dialog
      title="Settings"
      description="Changes apply at once and are remembered on this device."
      open={open}
      onOpenChange={onOpenChange}
      returnFocus={() => document.getElementById('more-button')?.focus()}
    >
      <section className={styles.section} aria-label="Devices">
        <h3 className={styles.heading}>Camera, microphone and speaker</h3>
        <DeviceSelects revision={open} layout="column" />
      </section>
      <section className={styles.section} aria-label="Appearance">
        <h3 className={styles.heading}>Theme</h3>
        <ToggleGroup.Root
          className={styles.themes}
          type="single"
          aria-label="Theme"
          value={preferences.theme}
          onValueChange={(value) =>
            update({ theme: THEMES.find((theme) => theme === value) ?? preferences.theme })
          }
        >
          {THEMES.map((theme) => {
            const Icon = THEME_ICONS[theme];
            return (
              <ToggleGroup.Item key={theme} value={theme} className={styles.theme}>
                <Icon size={17} />
                {THEME_LABELS[theme]}
              </ToggleGroup.Item>
            );
          })}
        </ToggleGroup.Root>
      </section>
      <section className={styles.section} aria-label="Habits">
        <SwitchRow
          label="Mirror my camera"
          hint="Only for you. Others always see you the right way round."
          checked={preferences.mirrorSelf}
          onChange={(mirrorSelf) => update({ mirrorSelf })}
        />
        <SwitchRow
          label="Keyboard shortcuts"
          hint="Single keys such as M for the microphone."
          checked={preferences.shortcutsOn}
          onChange={(shortcutsOn) => update({ shortcutsOn })}
        />
      </section>
    </Dialog>
  );
}
