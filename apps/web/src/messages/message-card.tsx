import type { Message } from '@parley/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ChannelSearch } from '../lib/channel-search.js';
import { messageTexts } from '../texts/messages/message-texts.js';
import { Avatar } from '../ui/avatar.js';
import { mentionNames } from './mention-names.js';
import { MessageText } from './message-text.js';
import { MessageTime } from './message-time.js';
import type { Place } from './place.js';
import styles from './message-card.module.css';

export interface MessageCardProps {
  message: Message;
  place: Place;
  /** Where the message is shown among the others. */
  search: ChannelSearch;
  /** What one can do with it here. */
  children?: ReactNode;
}

/** A message by itself, in a list of messages from here and there, with a way to where it stands. */
export function MessageCard({ message, place, search, children }: MessageCardProps) {
  const { author, text, forwarded, mentions, created_at } = message;
  const name = author?.name ?? messageTexts.messages.gone;
  return (
    <li className={styles.card}>
      <article>
        <header className={styles.meta}>
          <Avatar identity={author?.id ?? ''} name={name} />
          <strong dir="auto">{name}</strong>
          <MessageTime time={Date.parse(created_at)} withDay />
        </header>
        <div className={styles.text}>
          <MessageText
            text={text === '' && forwarded !== null ? forwarded.text : text}
            nameOf={mentionNames(mentions, place)}
          />
        </div>
        <footer className={styles.actions}>
          <Link to="." search={search} className={styles.jump}>
            {messageTexts.jump}
          </Link>
          {children}
        </footer>
      </article>
    </li>
  );
}
