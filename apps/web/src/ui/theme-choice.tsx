import { Monitor, Moon, Sun } from 'lucide-react';
import { THEMES, type Theme } from '../lib/preferences.js';
import { texts } from '../texts/texts.js';
import { Segments } from './segments.js';
import { usePreferences } from './use-preferences.js';

const ICONS: Record<Theme, typeof Sun> = { system: Monitor, light: Sun, dark: Moon };

/** Chooses between the light and the dark theme, all choices in sight. */
export function ThemeChoice() {
  const { preferences, update } = usePreferences();
  return (
    <Segments
      label={texts.settings.theme}
      value={preferences.theme}
      options={THEMES.map((theme) => {
        const Icon = ICONS[theme];
        return { value: theme, label: texts.settings.themes[theme], icon: <Icon size={17} /> };
      })}
      onChange={(theme) => update({ theme })}
    />
  );
}
