import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { loadPreferences, savePreferences, type Preferences } from '../lib/preferences.js';
import { PreferencesContext } from './use-preferences.js';

/** Holds what the browser remembers about its user, and applies the theme to the page. */
export function PreferencesProvider({ children }: { children: ReactNode }) {
  const [preferences, setPreferences] = useState(() => loadPreferences(localStorage));

  const update = useCallback((changes: Partial<Preferences>) => {
    setPreferences((current) => ({ ...current, ...changes }));
  }, []);

  useEffect(() => {
    savePreferences(localStorage, preferences);
  }, [preferences]);

  useEffect(() => {
    if (preferences.theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = preferences.theme;
  }, [preferences.theme]);

  const context = useMemo(() => ({ preferences, update }), [preferences, update]);
  return <PreferencesContext value={context}>{children}</PreferencesContext>;
}
