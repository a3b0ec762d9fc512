import type { SearchPage } from '@parley/contract';
import { Link } from '@tanstack/react-router';
import { MessagesSquare } from 'lucide-react';
import type { ChannelSearch } from '../lib/channel-search.js';
import { MessageTime } from '../messages/message-time.js';
import { callText } from '../ringing/call-text.js';
import { findingTexts } from '../texts/finding/finding-texts.js';
import { messageTexts } from '../texts/messages/message-texts.js';
import { Avatar } from '../ui/avatar.js';
import { excerptOf } from './excerpt.js';
import type { Place } from './places.js';
import styles from './search-panel.module.css';

export interface SearchHitProps {
  hit: SearchPage['hits'][number];
  /** Undefined until it is known. */
  place: Place | undefined;
  /** What stays open beside the message. */
  search: ChannelSearch;
}

/** One message that was found: all of it leads to where it stands. */
export function SearchHit({ hit: { message, ranges }, place, search }: SearchHitProps) {
  const { id, author, text, forwarded, mentions, thread_id, created_at, call } = message;
  const name = author?.name ?? messageTexts.messages.gone;
  const runs = excerptOf(text === '' ? (forwarded?.text ?? '') : text, ranges, (sign, one) =>
    sign === '@' ? mentions.people.find((person) => person.id === one)?.name : undefined,
  );
  // Replies stand in the panel of their thread.
  const shown = thread_id === null ? { ...search, message: id } : { thread: thread_id, message: id };
  return (
    <li>
      <Link to={place?.path ?? '.'} search={shown} className={styles.hit} data-testid="hit">
        <span className={styles.where} dir="auto">
          {place?.kind === 'channel' || place?.kind === 'voice' ? `# ${place.name}` : place?.name}
          {thread_id !== null && (
            <span className={styles.thread}>
              <MessagesSquare size={13} aria-hidden="true" /> {findingTexts.search.inThread}
            </span>
          )}
        </span>
        <span className={styles.meta}>
          <Avatar identity={author?.id ?? ''} name={name} />
          <strong dir="auto">{name}</strong>
          <MessageTime time={Date.parse(created_at)} form="day-and-time" />
        </span>
        <span className={styles.text} dir="auto">
          {call !== undefined && callText(call)}
          {runs.map((run, index) => (run.isMarked ? <mark key={index}>{run.text}</mark> : run.text))}
        </span>
      </Link>
    </li>
  );
}
