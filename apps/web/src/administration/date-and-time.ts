import { language } from '../texts/language.js';

/** A moment in ISO 8601 as people read it, in their own time. */
export function dateAndTime(moment: string): string {
  return new Intl.DateTimeFormat(language.get(), { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(moment),
  );
}
