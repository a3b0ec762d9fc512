import { MESSAGE_LENGTH } from '@parley/contract';
import { useState, type KeyboardEvent } from 'react';
import { messageTexts } from '../texts/messages/message-texts.js';
import { Button } from '../ui/button.js';
import { problemText } from '../workspace/problem-text.js';
import styles from './edit-form.module.css';

export interface EditFormProps {
  text: string;
  /** Rejects where it was not granted. */
  onSave: (text: string) => Promise<void>;
  onClose: () => void;
}

/** Stands in the place of a message while one changes it. */
export function EditForm({ text: before, onSave, onClose }: EditFormProps) {
  const [text, setText] = useState(before);
  const [isSaving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string>();
  const over = Array.from(text.trim()).length - MESSAGE_LENGTH;
  const canSave = text.trim() !== '' && over <= 0 && !isSaving;

  const save = async () => {
    if (!canSave) return;
    setSaving(true);
    try {
      if (text.trim() !== before) await onSave(text.trim());
      onClose();
    } catch (error) {
      setProblem(problemText(error));
      setSaving(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') onClose();
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    void save();
  };

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <textarea
        autoFocus
        className={styles.input}
        data-testid="edit"
        aria-label={messageTexts.actions.editing}
        dir="auto"
        rows={1}
        value={text}
        onFocus={({ target }) => target.setSelectionRange(text.length, text.length)}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {over > 0 && <p role="alert">{messageTexts.composer.tooLong(over)}</p>}
      {problem !== undefined && <p role="alert">{problem}</p>}
      <div className={styles.actions}>
        <Button type="submit" look="primary" disabled={!canSave}>
          {messageTexts.actions.keep}
        </Button>
        <Button look="ghost" onClick={onClose}>
          {messageTexts.actions.cancel}
        </Button>
      </div>
    </form>
  );
}
