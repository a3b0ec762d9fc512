import { ArrowDown } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, type ReactNode, type RefObject } from 'react';
import { messageTexts } from '../texts/messages/message-texts.js';
import { walkMessages } from './message-keys.js';
import styles from './message-list.module.css';

/** A message to be brought into sight. Each is another one, though its id may be that of the one before. */
export interface Target {
  id: string;
}

export interface MessageListProps {
  label: string;
  /** Change when messages have come at the beginning or the end. */
  loadedPages: number;
  newest: string | undefined;
  /** Undefined where there are none, or they are being loaded. */
  onOlder: (() => void) | undefined;
  onNewer: (() => void) | undefined;
  isAtEnd: boolean;
  onAtEnd: (isAtEnd: boolean) => void;
  /** Whether messages follow that are not loaded. */
  hasNewer: boolean;
  onPresent: () => void;
  /** Changes when one has sent something oneself: it is seen wherever one was. */
  ownSent: string | undefined;
  target: Target | undefined;
  /** Whether a few stand at the top, as below the message of a thread, and not at the end. */
  isFromTop: boolean;
  children: ReactNode;
}

/** Closer to the end than this many pixels is at the end. */
const NEAR_PX = 60;
const MARKED = { background: 'var(--accent-soft)' };
const MARKED_MS = 2400;

/**
 * Keeps its place: it is scrolled from its end, so that what comes above moves nothing, and at the end it stays there.
 */
export function MessageList(props: MessageListProps) {
  const { label, loadedPages, newest, onOlder, onNewer, isAtEnd, onAtEnd } = props;
  const { hasNewer, onPresent, ownSent, target, isFromTop, children } = props;
  const list = useRef<HTMLDivElement>(null);
  const top = useRef<HTMLDivElement>(null);
  const bottom = useRef<HTMLDivElement>(null);
  const reached = useRef<Target>(undefined);
  const height = useRef(0);

  const toEnd = () => {
    if (list.current !== null) list.current.scrollTop = 0;
  };
  useEffect(() => {
    if (ownSent !== undefined) toEnd();
  }, [ownSent]);

  useSight(list, top, { onSeen: onOlder, changing: loadedPages });
  useSight(list, bottom, { onSeen: onNewer, changing: newest });

  // What follows a piece of the past comes below what is in sight.
  const hadNewer = useRef(false);
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return;
    if (hadNewer.current && element.scrollTop > -1) element.scrollTop = height.current - element.scrollHeight;
    height.current = element.scrollHeight;
    hadNewer.current = hasNewer;
  }, [newest, hasNewer]);

  useLayoutEffect(() => {
    if (target === undefined || target === reached.current) return;
    const found = list.current?.querySelector<HTMLElement>(`[data-message="${CSS.escape(target.id)}"]`);
    if (!found) return;
    reached.current = target;
    found.scrollIntoView({ block: 'center' });
    found.focus({ preventScroll: true });
    found.animate([MARKED, { ...MARKED, offset: 0.5 }, {}], MARKED_MS);
  });

  return (
    <div className={styles.frame}>
      <div
        ref={list}
        className={styles.list}
        data-testid="messages"
        tabIndex={0}
        role="log"
        onKeyDown={walkMessages}
        aria-label={label}
        onScroll={({ currentTarget }) => {
          const next = -currentTarget.scrollTop < NEAR_PX;
          if (next !== isAtEnd) onAtEnd(next);
        }}
      >
        <div className={styles.content} data-from-top={isFromTop}>
          <div ref={top} />
          {children}
          <div ref={bottom} />
        </div>
      </div>
      {(!isAtEnd || hasNewer) && (
        <button
          type="button"
          className={styles.toPresent}
          onClick={() => {
            if (hasNewer) onPresent();
            toEnd();
          }}
        >
          <ArrowDown size={16} />
          {messageTexts.messages.toPresent}
        </button>
      )}
    </div>
  );
}

interface Sight {
  onSeen: (() => void) | undefined;
  /** Changes when more has come: the mark may be in sight still. */
  changing: unknown;
}

/** Calls when a mark in a list comes near to what is seen of it. */
function useSight(
  list: RefObject<HTMLElement | null>,
  mark: RefObject<HTMLElement | null>,
  { onSeen, changing }: Sight,
): void {
  useEffect(() => {
    if (list.current === null || mark.current === null || onSeen === undefined) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting === true && onSeen(), {
      root: list.current,
      rootMargin: '600px 0px 600px 0px',
    });
    observer.observe(mark.current);
    return () => observer.disconnect();
  }, [list, mark, onSeen, changing]);
}
