import type { Message } from '@parley/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ChannelSearch } from '../lib/channel-search.js';
import { CallLine } from '../ringing/call-line.js';
import { messageTexts } from '../texts/messages/message-texts.js';
import { Avatar } from '../ui/avatar.js';
import { mentionNames } from './mention-names.js';
import { MessageText } from './message-text.js';
import { MessageTime } from './message-time.js';
import type { Place } from './place.js';
import { useWhere } from './use-where.js';
import styles from './message-card.module.css';

export interface MessageCardProps {
  message: Message;
  place: Place;
  /** What is open besides where the message is shown; a thread in its place. */
  search: ChannelSearch;
  /** What leads there is called; absent: to the message. */
  jump?: string;
  /** What one can do with it here. */
  children?: ReactNode;
}

/** A message by itself, in a list of messages from here and there, with a way to where it stands. */
export function MessageCard({ message, place, search, jump, children }: MessageCardProps) {
  const { id, author, text, forwarded, mentions, created_at, thread_id, channel_id, call } = message;
  const where = useWhere(channel_id);
  const name = author?.name ?? messageTexts.messages.gone;
  const there = thread_id === null ? { ...search, message: id } : { thread: thread_id, message: id };
  return (
    <li className={styles.card}>
      <article>
        {where !== undefined && (
          <p className={styles.where} dir="auto">
            {where.name}
          </p>
        )}
        <header className={styles.meta}>
          <Avatar identity={author?.id ?? ''} name={name} />
          <strong dir="auto">{name}</strong>
          <MessageTime time={Date.parse(created_at)} form="day-and-time" />
        </header>
        <div className={styles.text}>
          {call !== undefined && <CallLine call={call} from={author?.id === place.me ? undefined : name} />}
          <MessageText
            text={text === '' && forwarded !== null ? forwarded.text : text}
            nameOf={mentionNames(mentions, place)}
          />
        </div>
        <footer className={styles.actions}>
          <Link
            to={where?.path ?? '.'}
            search={search.thread === undefined ? there : search}
            className={styles.jump}
          >
            {jump ?? messageTexts.jump}
          </Link>
          {children}
        </footer>
      </article>
    </li>
  );
}
