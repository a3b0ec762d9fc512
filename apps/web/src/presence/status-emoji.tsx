import type { Person } from '@parley/contract';
import styles from './status-emoji.module.css';

/** The emoji of somebody's status, beside their name; nothing where there is none. */
export function StatusEmoji({ status }: Pick<Person, 'status'>) {
  if (status?.emoji == null) return null;
  return (
    <span className={styles.emoji} title={status.text ?? undefined}>
      {status.emoji}
    </span>
  );
}
