import { ArrowDown } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { messageTexts } from '../texts/messages/message-texts.js';
import styles from './message-list.module.css';

export interface MessageListProps {
  label: string;
  /** Changes when older messages have come. */
  loadedPages: number;
  /** Undefined where there are none, or they are being loaded. */
  onOlder: (() => void) | undefined;
  isAtEnd: boolean;
  onAtEnd: (isAtEnd: boolean) => void;
  /** Changes when one has sent something oneself: it is seen wherever one was. */
  ownSent: string | undefined;
  children: ReactNode;
}

/** Closer to the end than this many pixels is at the end. */
const NEAR_PX = 60;

/**
 * Keeps its place: it is scrolled from its end, so that what comes above moves nothing, and at the end it stays there.
 */
export function MessageList(props: MessageListProps) {
  const { label, loadedPages, onOlder, isAtEnd, onAtEnd, ownSent, children } = props;
  const list = useRef<HTMLDivElement>(null);
  const top = useRef<HTMLDivElement>(null);
  const texts = messageTexts.messages;

  const toEnd = () => {
    if (list.current !== null) list.current.scrollTop = 0;
  };
  useEffect(() => {
    if (ownSent !== undefined) toEnd();
  }, [ownSent]);

  // Watched anew after each page: the top may still be in sight.
  useEffect(() => {
    if (list.current === null || top.current === null || onOlder === undefined) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting === true && onOlder(), {
      root: list.current,
      rootMargin: '600px 0px 0px 0px',
    });
    observer.observe(top.current);
    return () => observer.disconnect();
  }, [loadedPages, onOlder]);

  return (
    <div className={styles.frame}>
      <div
        ref={list}
        className={styles.list}
        data-testid="messages"
        tabIndex={0}
        role="log"
        aria-label={label}
        onScroll={({ currentTarget }) => {
          const next = -currentTarget.scrollTop < NEAR_PX;
          if (next !== isAtEnd) onAtEnd(next);
        }}
      >
        <div className={styles.content}>
          <div ref={top} />
          {children}
        </div>
      </div>
      {!isAtEnd && (
        <button type="button" className={styles.toPresent} onClick={toEnd}>
          <ArrowDown size={16} />
          {texts.toPresent}
        </button>
      )}
    </div>
  );
}
