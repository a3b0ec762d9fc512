import { VisuallyHidden } from 'radix-ui';
import type { KeyboardEvent, ReactNode } from 'react';
import { Avatar } from '../ui/avatar.js';
import { MessageTime } from './message-time.js';
import styles from './message-item.module.css';

export interface MessageFrameProps {
  /** Undefined of one that is not there yet. */
  messageId?: string;
  /** Of its author. */
  id: string;
  name: string;
  time: number;
  isFirst: boolean;
  isCalling?: boolean;
  state?: 'sending' | 'failed';
  /** Of a key that is pressed in it. */
  onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void;
  above?: ReactNode;
  menu?: ReactNode;
  children: ReactNode;
}

/** Who has written something, when, and what. */
export function MessageFrame(props: MessageFrameProps) {
  const { messageId, id, name, time, isFirst, isCalling = false } = props;
  const { state, above, menu, children, onKeyDown } = props;
  const shown = <MessageTime time={time} form={isFirst ? 'time' : 'digits'} />;
  return (
    <article
      className={styles.message}
      tabIndex={-1}
      data-testid="message"
      data-message={messageId}
      data-first={isFirst}
      data-calling={isCalling}
      data-state={state}
      onKeyDown={onKeyDown}
    >
      <div className={styles.gutter}>{isFirst ? <Avatar identity={id} name={name} /> : shown}</div>
      <div className={styles.body}>
        {above}
        {isFirst ? (
          <header className={styles.meta}>
            <strong dir="auto">{name}</strong>
            {shown}
          </header>
        ) : (
          <VisuallyHidden.Root>{name}</VisuallyHidden.Root>
        )}
        {children}
      </div>
      {menu}
    </article>
  );
}
