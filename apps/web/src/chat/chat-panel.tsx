import type { ChatMessage } from './chat-message.js';
import type { Store } from '../lib/store.js';
import { Composer } from './composer.js';
import { MessageList } from './message-list.js';
import styles from './chat-panel.module.css';

export interface ChatPanelProps {
  messages: readonly ChatMessage[];
  /** What is written and not sent yet. */
  draft: Store<string>;
  onSend: (text: string) => void;
  onRetry: (message: ChatMessage) => void;
}

/** The room's messages and the field to write one. */
export function ChatPanel({ messages, draft, onSend, onRetry }: ChatPanelProps) {
  return (
    <div className={styles.chat}>
      <MessageList messages={messages} onRetry={onRetry} />
      <Composer draft={draft} onSend={onSend} />
    </div>
  );
}
