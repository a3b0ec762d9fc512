import { en, type Texts } from './en.js';
import { addCatalogue } from './language.js';

/** In the language that is shown: to be read when something is drawn, not when a module is loaded. */
export let texts: Texts = en;

addCatalogue(async (language) => {
  const next = language === 'de' ? (await import('./de.js')).de : en;
  return () => {
    texts = next;
  };
});
