import { isLanguage, type Language } from '../texts/language.js';
import { parseRecord } from './json.js';

/** What a browser remembers about its user, across rooms and sessions. */
export interface Preferences {
  name: string;
  theme: Theme;
  /** `system`: the browser's. */
  language: Language | 'system';
  cameraOn: boolean;
  microphoneOn: boolean;
  /** Device ids; an empty string means the browser's default. */
  cameraId: string;
  microphoneId: string;
  speakerId: string;
  mirrorSelf: boolean;
  shortcutsOn: boolean;
}

export type Theme = 'system' | 'light' | 'dark';

export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

export const DEFAULT_PREFERENCES: Preferences = {
  name: '',
  theme: 'system',
  language: 'system',
  cameraOn: true,
  microphoneOn: true,
  cameraId: '',
  microphoneId: '',
  speakerId: '',
  mirrorSelf: true,
  shortcutsOn: true,
};

const KEY = 'parley.preferences';

/** Reads what was remembered; anything missing or of the wrong type takes its default. */
export function loadPreferences(storage: Pick<Storage, 'getItem'>): Preferences {
  const stored = parseRecord(readItem(storage, KEY)) ?? {};
  const fallback = DEFAULT_PREFERENCES;
  const text = (key: keyof Preferences, otherwise: string) => {
    const value = stored[key];
    return typeof value === 'string' ? value : otherwise;
  };
  const flag = (key: keyof Preferences, otherwise: boolean) => {
    const value = stored[key];
    return typeof value === 'boolean' ? value : otherwise;
  };
  return {
    name: text('name', fallback.name),
    theme: THEMES.find((theme) => theme === stored.theme) ?? fallback.theme,
    language: isLanguage(stored.language) ? stored.language : fallback.language,
    cameraOn: flag('cameraOn', fallback.cameraOn),
    microphoneOn: flag('microphoneOn', fallback.microphoneOn),
    cameraId: text('cameraId', fallback.cameraId),
    microphoneId: text('microphoneId', fallback.microphoneId),
    speakerId: text('speakerId', fallback.speakerId),
    mirrorSelf: flag('mirrorSelf', fallback.mirrorSelf),
    shortcutsOn: flag('shortcutsOn', fallback.shortcutsOn),
  };
}

export function savePreferences(storage: Pick<Storage, 'setItem'>, preferences: Preferences): void {
  try {
    storage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // Storage can be full or forbidden; the preferences then last as long as the page.
  }
}

function readItem(storage: Pick<Storage, 'getItem'>, key: string): string | null {
  try {
    return storage.getItem(key);
  } catch {
    return null;
  }
}
