import type { Message } from '@parley/contract';
import { Link } from '@tanstack/react-router';
import { messageTexts } from '../texts/messages/message-texts.js';
import { Avatar } from '../ui/avatar.js';
import { MessageTime } from './message-time.js';
import styles from './thread-summary.module.css';

export interface ThreadSummaryProps {
  message: Message;
}

/** How many have answered below a message, who last, and when: leads to the thread. */
export function ThreadSummary({ message: { id, thread } }: ThreadSummaryProps) {
  if (thread === null || thread.reply_count === 0) return null;
  const { reply_count, last_reply_at, people } = thread;
  const texts = messageTexts.thread;
  return (
    <Link to="." search={{ thread: id }} className={styles.summary} data-testid="thread-summary">
      <span className={styles.people}>
        {people.toReversed().map((person) => (
          <Avatar key={person.id} identity={person.id} name={person.name} size="tiny" />
        ))}
      </span>
      <strong>{texts.replies(reply_count)}</strong>
      {last_reply_at !== null && (
        <span className={styles.last}>
          {texts.last} <MessageTime time={Date.parse(last_reply_at)} form="time-or-day" />
        </span>
      )}
    </Link>
  );
}
