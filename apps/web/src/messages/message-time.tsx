import { language } from '../texts/language.js';

export interface MessageTimeProps {
  /** Milliseconds since 1970. */
  time: number;
  /** Whether the day is said as well, where none stands above. */
  withDay?: boolean;
  /** In the narrow space beside a message, morning or afternoon is plain from the messages above. */
  isShort?: boolean;
}

/** When a message was written. */
export function MessageTime({ time, withDay = false, isShort = false }: MessageTimeProps) {
  const date = new Date(time);
  const full = new Intl.DateTimeFormat(language.get(), { dateStyle: 'full', timeStyle: 'short' });
  const brief = new Intl.DateTimeFormat(language.get(), {
    ...(withDay && { dateStyle: 'medium' }),
    timeStyle: 'short',
  });
  const parts = brief.formatToParts(date).filter(({ type }) => !isShort || type !== 'dayPeriod');
  return (
    <time dateTime={date.toISOString()} title={full.format(date)}>
      {parts
        .map(({ value }) => value)
        .join('')
        .trim()}
    </time>
  );
}
