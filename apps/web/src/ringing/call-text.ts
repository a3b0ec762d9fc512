import type { Message } from '@parley/contract';
import { language } from '../texts/language.js';
import { ringingTexts } from '../texts/ringing/ringing-texts.js';

/** What a message that stands for a call says. @param missedFrom Name of who called one; absent where one called oneself. */
export function callText({ seconds }: NonNullable<Message['call']>, missedFrom?: string): string {
  const { call, missed, unanswered } = ringingTexts.line;
  if (seconds !== null) return call(lengthText(seconds));
  return missedFrom === undefined ? unanswered : missed(missedFrom);
}

/** Such as `12 min` or `1 hr 5 min`. */
function lengthText(seconds: number): string {
  if (seconds < 60) return amount(seconds, 'second');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return amount(minutes, 'minute');
  const hours = amount(Math.floor(minutes / 60), 'hour');
  return minutes % 60 === 0 ? hours : `${hours} ${amount(minutes % 60, 'minute')}`;
}

function amount(value: number, unit: 'second' | 'minute' | 'hour'): string {
  return new Intl.NumberFormat(language.get(), { style: 'unit', unit, unitDisplay: 'short' }).format(value);
}
