import { createContext, useContext } from 'react';
import type { Preferences } from '../lib/preferences.js';

export interface PreferencesContext {
  preferences: Preferences;
  /** Changes some preferences and remembers all of them. */
  update: (changes: Partial<Preferences>) => void;
}

export const PreferencesContext = createContext<PreferencesContext | undefined>(undefined);

export function usePreferences(): PreferencesContext {
  const context = useContext(PreferencesContext);
  if (context === undefined) throw new Error('usePreferences needs a PreferencesProvider above it.');
  return context;
}
