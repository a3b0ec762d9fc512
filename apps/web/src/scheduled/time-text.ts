import { language } from '../texts/language.js';

/** A day of the next months and the time, as in `Mon, Nov 30, 9:00 AM`. */
export function timeText(date: Date): string {
  return new Intl.DateTimeFormat(language.get(), {
    ...{ weekday: 'short', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' },
  }).format(date);
}
