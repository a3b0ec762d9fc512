import { Fragment, useEffect, type ReactNode } from 'react';
import { useStore } from '../lib/use-store.js';
import { language, languageFor, showLanguage } from '../texts/language.js';
import { usePreferences } from './use-preferences.js';

/** The page in the language that was chosen; with another language all of it is drawn anew. */
export function Translated({ children }: { children: ReactNode }) {
  const { preferences } = usePreferences();
  const shown = useStore(language);
  const wanted = languageFor(preferences.language, navigator.languages);

  useEffect(() => {
    // Without a network its texts cannot be loaded: the page stays as it is.
    showLanguage(wanted).catch(() => undefined);
  }, [wanted]);

  useEffect(() => {
    document.documentElement.lang = shown;
  }, [shown]);

  return <Fragment key={shown}>{children}</Fragment>;
}
