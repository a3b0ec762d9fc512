import { VisuallyHidden } from 'radix-ui';
import { FileChips } from '../attachments/file-chips.js';
import { messageTexts } from '../texts/messages/message-texts.js';
import { problemText } from '../workspace/problem-text.js';
import { MessageFrame } from './message-frame.js';
import { MessageText } from './message-text.js';
import type { PendingMessage } from './pending-message.js';
import styles from './message-item.module.css';

export interface PendingItemProps {
  message: PendingMessage;
  author: { id: string; name: string };
  isFirst: boolean;
  onRetry: (message: PendingMessage) => void;
  onDrop: (message: PendingMessage) => void;
}

/** A message of one's own that is on its way, or did not get through. */
export function PendingItem({ message, author, isFirst, onRetry, onDrop }: PendingItemProps) {
  const texts = messageTexts.messages;
  return (
    <MessageFrame {...author} time={message.time} isFirst={isFirst} state={message.state}>
      {message.text !== '' && <MessageText text={message.text} nameOf={asTyped} />}
      <FileChips files={message.files} />
      {message.state === 'sending' ? (
        <VisuallyHidden.Root>{texts.sending}</VisuallyHidden.Root>
      ) : (
        <div className={styles.failed}>
          <span>{texts.failed(problemText(message.error))}</span>
          <button type="button" onClick={() => onRetry(message)}>
            {texts.again}
          </button>
          <button type="button" onClick={() => onDrop(message)}>
            {texts.drop}
          </button>
        </div>
      )}
    </MessageFrame>
  );
}

/** Whom it calls, the server decides. */
function asTyped(): undefined {
  return undefined;
}
