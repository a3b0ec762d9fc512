import { Store } from '../lib/store.js';

/** In which the page can be read, each in its own words. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;

export type Language = keyof typeof LANGUAGES;

/** Loads the texts of a language; what comes back puts them in place. */
type Catalogue = (language: Language) => Promise<() => void>;

export function isLanguage(value: unknown): value is Language {
  return typeof value === 'string' && Object.hasOwn(LANGUAGES, value);
}

/** The one that was chosen, or else the first of the browser's that there is. */
export function languageFor(chosen: Language | 'system', ofBrowser: readonly string[]): Language {
  if (chosen !== 'system') return chosen;
  return ofBrowser.map((tag) => tag.toLowerCase().split('-')[0]).find(isLanguage) ?? 'en';
}

const catalogues = new Set<Catalogue>();
const shown = new Store<Language>('en');
let wanted: Language = 'en';

/** The language in which the page is shown. */
export const language = shown;

/** Texts that follow the language. Each part of the page that is loaded by itself has a catalogue of its own. */
export function addCatalogue(catalogue: Catalogue): void {
  catalogues.add(catalogue);
}

/** Shows the page in a language, once its texts are there. Rejects, and changes nothing, if they cannot be loaded. */
export async function showLanguage(next: Language): Promise<void> {
  wanted = next;
  const places = await Promise.all([...catalogues].map((load) => load(next)));
  // Another one may have been asked for meanwhile.
  if (wanted !== next) return;
  for (const place of places) place();
  shown.set(next);
}
