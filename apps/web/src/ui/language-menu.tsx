import { Check, Languages } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { isLanguage, LANGUAGES, type Language } from '../texts/language.js';
import { texts } from '../texts/texts.js';
import { IconButton } from './icon-button.js';
import { usePortalContainer } from './portal-container.js';
import { usePreferences } from './use-preferences.js';
import menu from './menu.module.css';

const CHOICES = ['system', ...Object.keys(LANGUAGES).filter(isLanguage)] as const;

/** Chooses the language of the page. */
export function LanguageMenu() {
  const { preferences, update } = usePreferences();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton
          label={texts.settings.language}
          icon={<Languages size={19} />}
          data-testid="language-menu"
        />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={usePortalContainer()}>
        <DropdownMenu.Content className={menu.content} align="end" sideOffset={6} collisionPadding={12}>
          <DropdownMenu.RadioGroup
            value={preferences.language}
            onValueChange={(value) => update({ language: isLanguage(value) ? value : 'system' })}
          >
            {CHOICES.map((choice) => (
              <DropdownMenu.RadioItem key={choice} value={choice} className={menu.item} lang={tagOf(choice)}>
                {choice === 'system' ? texts.settings.sameAsSystem : LANGUAGES[choice]}
                <DropdownMenu.ItemIndicator className={menu.end}>
                  <Check size={16} />
                </DropdownMenu.ItemIndicator>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function tagOf(choice: Language | 'system'): string | undefined {
  return choice === 'system' ? undefined : choice;
}
