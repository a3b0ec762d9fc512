import { language } from '../texts/language.js';

export interface MessageTimeProps {
  /** Milliseconds since 1970. */
  time: number;
  /**
   * `day-and-time` where no day stands above. `digits` in the narrow space beside a message, where morning or afternoon
   * is plain from the messages above. `time-or-day` where there is little space: the time today, else the day.
   */
  form?: 'time' | 'digits' | 'day-and-time' | 'time-or-day';
}

/** When a message was written. */
export function MessageTime({ time, form = 'time' }: MessageTimeProps) {
  const date = new Date(time);
  const full = new Intl.DateTimeFormat(language.get(), { dateStyle: 'full', timeStyle: 'short' });
  const brief = new Intl.DateTimeFormat(language.get(), briefly(form, date));
  const parts = brief.formatToParts(date).filter(({ type }) => form !== 'digits' || type !== 'dayPeriod');
  return (
    <time dateTime={date.toISOString()} title={full.format(date)}>
      {parts
        .map(({ value }) => value)
        .join('')
        .trim()}
    </time>
  );
}

function briefly(form: MessageTimeProps['form'], date: Date): Intl.DateTimeFormatOptions {
  if (form === 'day-and-time') return { dateStyle: 'medium', timeStyle: 'short' };
  const now = new Date();
  if (form !== 'time-or-day' || date.toDateString() === now.toDateString()) return { timeStyle: 'short' };
  const isThisYear = date.getFullYear() === now.getFullYear();
  return { month: 'short', day: 'numeric', ...(!isThisYear && { year: 'numeric' }) };
}
