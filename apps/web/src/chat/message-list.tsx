import { MessageSquare } from 'lucide-react';
import { memo, useLayoutEffect, useMemo, useRef } from 'react';
import { texts } from '../texts/texts.js';
import { Avatar } from '../ui/avatar.js';
import { formatTime, groupMessages, type ChatMessage, type MessageGroup } from './chat-message.js';
import { MessageText } from './message-text.js';
import styles from './message-list.module.css';

export interface MessageListProps {
  messages: readonly ChatMessage[];
  onRetry: (message: ChatMessage) => void;
}

/** Closer to the end than this many pixels, new messages keep the list scrolled to the end. */
const STICKY_PX = 80;

/** The room's messages, the latest at the end and in view, unless one has scrolled away from it. */
export const MessageList = memo(function MessageList({ messages, onRetry }: MessageListProps) {
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const groups = useMemo(() => groupMessages(messages), [messages]);
  const last = messages.at(-1);

  useLayoutEffect(() => {
    const element = list.current;
    // One's own message is seen wherever one was.
    if (element !== null && (atEnd.current || last?.state === 'sending')) {
      element.scrollTop = element.scrollHeight;
    }
  }, [messages, last]);

  return (
    <div
      ref={list}
      className={styles.list}
      data-testid="chat-messages"
      tabIndex={0}
      role="group"
      aria-label={texts.call.messages}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < STICKY_PX;
      }}
    >
      {groups.length === 0 && (
        <div className={styles.empty}>
          <MessageSquare size={28} />
          <p className={styles.emptyTitle}>{texts.chat.empty}</p>
          <p>{texts.chat.emptyDetail}</p>
        </div>
      )}
      {groups.map((group) => (
        <Group key={group.id} group={group} onRetry={onRetry} />
      ))}
    </div>
  );
});

interface GroupProps {
  group: MessageGroup;
  onRetry: (message: ChatMessage) => void;
}

/** Groups are made anew with every message; all but the last hold the same ones as before. */
const Group = memo(
  function Group({ group, onRetry }: GroupProps) {
    return (
      <article className={styles.group} data-own={group.isOwn}>
        {!group.isOwn && <Avatar identity={group.identity} name={group.name} />}
        <div className={styles.body}>
          <header className={styles.meta}>
            <strong dir="auto">{group.isOwn ? texts.people.you : group.name}</strong>
            <time dateTime={new Date(group.time).toISOString()}>{formatTime(group.time)}</time>
          </header>
          {group.messages.map((message) => (
            <Message key={message.id} message={message} onRetry={onRetry} />
          ))}
        </div>
      </article>
    );
  },
  (before, now) =>
    before.onRetry === now.onRetry &&
    before.group.messages.length === now.group.messages.length &&
    before.group.messages.every((message, index) => message === now.group.messages[index]),
);

interface MessageProps {
  message: ChatMessage;
  onRetry: (message: ChatMessage) => void;
}

const Message = memo(function Message({ message, onRetry }: MessageProps) {
  return (
    <div className={styles.message} data-testid="chat-message" data-state={message.state}>
      <MessageText text={message.text} />
      {message.state === 'failed' && (
        <button type="button" className={styles.retry} onClick={() => onRetry(message)}>
          {texts.chat.retry}
        </button>
      )}
    </div>
  );
});
