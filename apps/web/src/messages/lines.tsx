import { language } from '../texts/language.js';
import { messageTexts } from '../texts/messages/message-texts.js';
import styles from './lines.module.css';

const DAY_MS = 24 * 3_600_000;

/** Stands between two days. */
export function DayLine({ time }: { time: number }) {
  const name = dayName(time);
  return (
    <div className={styles.line} role="separator" aria-label={name}>
      <span>{name}</span>
    </div>
  );
}

/** Stands above what one has not read. */
export function NewLine() {
  const { fresh } = messageTexts.messages;
  return (
    <div className={styles.line} data-new role="separator" aria-label={fresh} data-testid="new-line">
      <span>{fresh}</span>
    </div>
  );
}

function dayName(time: number): string {
  const now = Date.now();
  const day = new Date(time).toDateString();
  if (day === new Date(now).toDateString()) return messageTexts.messages.today;
  if (day === new Date(now - DAY_MS).toDateString()) return messageTexts.messages.yesterday;
  return new Intl.DateTimeFormat(language.get(), { dateStyle: 'full' }).format(time);
}
