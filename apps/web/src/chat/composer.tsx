import { SendHorizontal } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import type { Store } from '../lib/store.js';
import { texts } from '../texts/texts.js';
import { IconButton } from '../ui/icon-button.js';
import { MESSAGE_LIMIT } from './chat-message.js';
import styles from './composer.module.css';

export interface ComposerProps {
  /** What is written and not sent yet. It outlives the panel, which may be closed and opened again. */
  draft: Store<string>;
  onSend: (text: string) => void;
}

/** The field to write a message. It keeps its text to itself: a key typed costs nothing of the list above. */
export function Composer({ draft, onSend }: ComposerProps) {
  const [text, setText] = useState(draft.get());
  const isEmpty = text.trim() === '';

  const write = (next: string) => {
    draft.set(next);
    setText(next);
  };

  const send = () => {
    if (isEmpty) return;
    onSend(text.trim());
    write('');
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes a word, Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
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
        aria-label={texts.chat.write}
        placeholder={texts.chat.write}
        dir="auto"
        rows={1}
        maxLength={MESSAGE_LIMIT}
        value={text}
        onChange={(event) => write(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <IconButton
        label={texts.chat.send}
        type="submit"
        look={isEmpty ? 'plain' : 'active'}
        disabled={isEmpty}
        icon={<SendHorizontal size={19} data-points-inline />}
      />
    </form>
  );
}
