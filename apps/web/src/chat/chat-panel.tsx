import { MessageSquare, SendHorizontal } from 'lucide-react';
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { Avatar } from '../ui/avatar.js';
import { IconButton } from '../ui/icon-button.js';
import { formatTime, groupMessages, MESSAGE_LIMIT, type ChatMessage } from './chat-message.js';
import { MessageText } from './message-text.js';
import type { Chat } from './use-chat.js';
import styles from './chat-panel.module.css';

/** Closer to the end than this many pixels, new messages keep the list scrolled to the end. */
const STICKY_PX = 80;

/** The room's messages and the field to write one. */
export function ChatPanel({ chat }: { chat: Chat }) {
  const [draft, setDraft] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const { messages } = chat;
  const groups = groupMessages(messages);

  useLayoutEffect(() => {
    const element = list.current;
    if (element !== null && atEnd.current) element.scrollTop = element.scrollHeight;
  }, [messages]);

  const send = () => {
    const text = draft.trim();
    if (text === '') return;
    atEnd.current = true;
    chat.send(text);
    setDraft('');
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes a word, Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <div className={styles.chat}>
      <div
        ref={list}
        className={styles.list}
        data-testid="chat-messages"
        tabIndex={0}
        role="group"
        aria-label="Messages"
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          atEnd.current = scrollHeight - scrollTop - clientHeight < STICKY_PX;
        }}
      >
        {groups.length === 0 && (
          <div className={styles.empty}>
            <MessageSquare size={28} />
            <p className={styles.emptyTitle}>No messages yet</p>
            <p>Everybody in the call sees what you write. Messages are gone when the call ends.</p>
          </div>
        )}
        {groups.map((group) => (
          <article key={group.id} className={styles.group} data-own={group.isOwn}>
            {!group.isOwn && <Avatar identity={group.identity} name={group.name} />}
            <div className={styles.body}>
              <header className={styles.meta}>
                <strong>{group.isOwn ? 'You' : group.name}</strong>
                <time dateTime={new Date(group.time).toISOString()}>{formatTime(group.time)}</time>
              </header>
              {group.messages.map((message) => (
                <Message key={message.id} message={message} onRetry={chat.retry} />
              ))}
            </div>
          </article>
        ))}
      </div>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <textarea
          className={styles.input}
          data-testid="chat-input"
          data-autofocus
          aria-label="Write a message"
          placeholder="Write a message"
          rows={1}
          maxLength={MESSAGE_LIMIT}
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <IconButton
          label="Send message"
          type="submit"
          look={draft.trim() === '' ? 'plain' : 'active'}
          disabled={draft.trim() === ''}
          icon={<SendHorizontal size={19} />}
        />
      </form>
    </div>
  );
}

function Message({ message, onRetry }: { message: ChatMessage; onRetry: (message: ChatMessage) => void }) {
  return (
    <div className={styles.message} data-testid="chat-message" data-state={message.state}>
      <MessageText text={message.text} />
      {message.state === 'failed' && (
        <button type="button" className={styles.retry} onClick={() => onRetry(message)}>
          Not sent. Try again
        </button>
      )}
    </div>
  );
}
