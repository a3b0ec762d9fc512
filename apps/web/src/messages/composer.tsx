import { MESSAGE_LENGTH } from '@parley/contract';
import { SendHorizontal } from 'lucide-react';
import { useId, useState, type KeyboardEvent, type RefObject } from 'react';
import { messageTexts } from '../texts/messages/message-texts.js';
import { IconButton } from '../ui/icon-button.js';
import { loadDraft, saveDraft } from './draft.js';
import type { MessagesPlace } from './place.js';
import styles from './composer.module.css';

export interface ComposerProps {
  channel: MessagesPlace;
  /** Id of who writes. */
  me: string;
  onSend: (text: string) => void;
  /** ↑ in the empty field. */
  onEditLast: () => void;
  field: RefObject<HTMLTextAreaElement | null>;
}

/** So few characters left are told of. */
const FEW = 200;

/** The field to write a message, or why one may not. */
export function Composer({ channel, me, onSend, onEditLast, field }: ComposerProps) {
  const [text, setText] = useState(() => loadDraft(me, channel.id));
  const hint = useId();
  const texts = messageTexts.composer;

  if (!channel.permissions.includes('send_messages')) {
    return <p className={styles.closed}>{channel.archived ? texts.archived : texts.mayNot}</p>;
  }

  const left = MESSAGE_LENGTH - Array.from(text.trim()).length;
  const canSend = text.trim() !== '' && left >= 0;
  const write = (next: string) => {
    setText(next);
    saveDraft(me, channel.id, next);
  };
  const send = () => {
    if (!canSend) return;
    onSend(text.trim());
    write('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes a word, keys belong to it.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowUp' && text === '') {
      event.preventDefault();
      onEditLast();
    }
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    send();
  };

  return (
    <form
      className={styles.area}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className={styles.field}>
        <textarea
          ref={field}
          className={styles.input}
          data-testid="composer"
          aria-label={texts.label(channel.name)}
          aria-describedby={hint}
          aria-invalid={left < 0}
          placeholder={texts.placeholder(channel.name)}
          dir="auto"
          rows={1}
          value={text}
          onChange={(event) => write(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <IconButton
          label={texts.send}
          type="submit"
          look={canSend ? 'active' : 'plain'}
          disabled={!canSend}
          icon={<SendHorizontal size={19} data-points-inline />}
        />
      </div>
      <p id={hint} className={styles.hint} data-over={left < 0} aria-live="polite">
        {left < 0 && texts.tooLong(-left)}
        {left >= 0 && left <= FEW && texts.left(left)}
        {left > FEW && channel.slow_mode > 0 && texts.slowMode(channel.slow_mode)}
      </p>
    </form>
  );
}
