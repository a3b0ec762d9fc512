import { Check, Monitor, Moon, Sun } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { THEMES, type Theme } from '../lib/preferences.js';
import { texts } from '../texts/texts.js';
import { IconButton } from './icon-button.js';
import { usePortalContainer } from './portal-container.js';
import { usePreferences } from './use-preferences.js';
import menu from './menu.module.css';

const ICONS: Record<Theme, typeof Sun> = { system: Monitor, light: Sun, dark: Moon };

/** Chooses between the light and the dark theme. */
export function ThemeMenu() {
  const { preferences, update } = usePreferences();
  const Current = ICONS[preferences.theme];
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton label={texts.settings.theme} icon={<Current size={19} />} data-testid="theme-menu" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={usePortalContainer()}>
        <DropdownMenu.Content className={menu.content} align="end" sideOffset={6} collisionPadding={12}>
          <DropdownMenu.RadioGroup
            value={preferences.theme}
            onValueChange={(value) => update({ theme: THEMES.find((theme) => theme === value) ?? 'system' })}
          >
            {THEMES.map((theme) => {
              const Icon = ICONS[theme];
              return (
                <DropdownMenu.RadioItem key={theme} value={theme} className={menu.item}>
                  <Icon size={17} />
                  {theme === 'system' ? texts.settings.sameAsSystem : texts.settings.themes[theme]}
                  <DropdownMenu.ItemIndicator className={menu.end}>
                    <Check size={16} />
                  </DropdownMenu.ItemIndicator>
                </DropdownMenu.RadioItem>
              );
            })}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
