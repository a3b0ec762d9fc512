import { addCatalogue } from '../language.js';
import { en, type ScheduledTexts } from './en.js';

/** In the language that is shown: to be read when something is drawn, not when a module is loaded. */
export let scheduledTexts: ScheduledTexts = en;

addCatalogue(async (language) => {
  const next = language === 'de' ? (await import('./de.js')).de : en;
  return () => {
    scheduledTexts = next;
  };
});
