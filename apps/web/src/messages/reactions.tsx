import type { Message } from '@parley/contract';
import { messageTexts } from '../texts/messages/message-texts.js';
import { EmojiButton } from './emoji-button.js';
import styles from './reactions.module.css';

export interface ReactionsProps {
  reactions: Message['reactions'];
  onToggle: (emoji: string) => void;
  /** Whether one may react with another. */
  canAdd: boolean;
}

/** How people have reacted; pressing one joins in, or takes one's own back. */
export function Reactions({ reactions, onToggle, canAdd }: ReactionsProps) {
  const texts = messageTexts.actions;
  if (reactions.length === 0) return null;
  return (
    <div className={styles.row} role="group" aria-label={texts.reactions}>
      {reactions.map(({ emoji, count, mine }) => (
        <button
          key={emoji}
          type="button"
          className={styles.reaction}
          aria-pressed={mine}
          aria-label={texts.reaction(emoji, count)}
          onClick={() => onToggle(emoji)}
        >
          <span>{emoji}</span> {count}
        </button>
      ))}
      {canAdd && <EmojiButton size="small" label={texts.react} onEmoji={onToggle} />}
    </div>
  );
}
