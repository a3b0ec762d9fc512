import type { OwnAccount } from '@parley/contract';
import { Tabs } from 'radix-ui';
import { Suspense } from 'react';
import { Store } from '../lib/store.js';
import { useStore } from '../lib/use-store.js';
import { texts } from '../texts/texts.js';
import { isLanguage, LANGUAGES, type Language } from '../texts/language.js';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { Dialog } from '../ui/dialog.js';
import { Segments } from '../ui/segments.js';
import segments from '../ui/segments.module.css';
import { lazyPart } from '../ui/lazy-part.js';
import { ThemeChoice } from '../ui/theme-choice.js';
import { usePreferences } from '../ui/use-preferences.js';
import { PasswordForm } from './password-form.js';
import { ProfileForm } from './profile-form.js';
import { SessionList } from './session-list.js';
import styles from './settings-dialog.module.css';

export interface SettingsDialogProps {
  me: OwnAccount;
  onClose: () => void;
}

const NotificationSettings = lazyPart(
  async () => (await import('../notifications/notification-settings.js')).NotificationSettings,
);

const TABS = ['profile', 'appearance', 'notifications', 'sessions', 'password'] as const;

/** Stays where it is while the page changes its language around it. */
const shownTab = new Store<string>('profile');

/** One's own settings. */
export function SettingsDialog({ me, onClose }: SettingsDialogProps) {
  const { tabs } = workspaceTexts.settings;
  const tab = useStore(shownTab);
  return (
    <Dialog
      title={texts.settings.title}
      description={workspaceTexts.settings.of(me.user_name)}
      open
      onOpenChange={(open) => {
        if (open) return;
        shownTab.set('profile');
        onClose();
      }}
    >
      <Tabs.Root className={styles.tabs} value={tab} onValueChange={(chosen) => shownTab.set(chosen)}>
        <Tabs.List className={`${segments.segments} ${styles.list}`} aria-label={texts.settings.title}>
          {TABS.map((one) => (
            <Tabs.Trigger key={one} value={one} className={segments.segment}>
              {tabs[one]}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content value="profile" className={styles.content}>
          <ProfileForm />
        </Tabs.Content>
        <Tabs.Content value="appearance" className={styles.content}>
          <h3 className={styles.heading}>{texts.settings.theme}</h3>
          <ThemeChoice />
          <h3 className={styles.heading}>{texts.settings.language}</h3>
          <LanguageChoice />
        </Tabs.Content>
        <Tabs.Content value="notifications" className={styles.content}>
          <Suspense>
            <NotificationSettings />
          </Suspense>
        </Tabs.Content>
        <Tabs.Content value="sessions" className={styles.content}>
          <SessionList />
        </Tabs.Content>
        <Tabs.Content value="password" className={styles.content}>
          <PasswordForm userName={me.user_name} />
        </Tabs.Content>
      </Tabs.Root>
    </Dialog>
  );
}

function LanguageChoice() {
  const { preferences, update } = usePreferences();
  const ofPage: { value: Language | 'system'; label: string; lang?: string }[] = Object.keys(LANGUAGES)
    .filter(isLanguage)
    .map((value) => ({ value, label: LANGUAGES[value], lang: value }));
  return (
    <Segments
      label={texts.settings.language}
      value={preferences.language}
      options={[{ value: 'system', label: texts.settings.themes.system }, ...ofPage]}
      onChange={(language) => update({ language })}
    />
  );
}
