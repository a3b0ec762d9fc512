import { MESSAGE_LENGTH } from '@parley/contract';
import { useState, type KeyboardEvent } from 'react';
import { messageTexts } from '../texts/messages/message-texts.js';
import { Button } from '../ui/button.js';
import { problemText } from '../workspace/problem-text.js';
import { decodeMentions } from './mention-text.js';
import type { MentionName } from './message-text.js';
import { resolveMentions, type MentionPlace } from './resolve-mentions.js';
import { WritingField } from './writing-field.js';
import styles from './edit-form.module.css';

export interface EditFormProps {
  text: string;
  place: MentionPlace;
  /** Of what the text names now. */
  nameOf: MentionName;
  /** Rejects where it was not granted. */
  onSave: (text: string) => Promise<void>;
  onClose: () => void;
}

/** Stands in the place of a message while one changes it. */
export function EditForm({ text: before, place, nameOf, onSave, onClose }: EditFormProps) {
  const [decoded] = useState(() => decodeMentions(before, nameOf));
  const [text, setText] = useState(decoded.text);
  const [chosen, setChosen] = useState(decoded.chosen);
  const [isSaving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string>();
  const over = Array.from(text.trim()).length - MESSAGE_LENGTH;
  const canSave = text.trim() !== '' && over <= 0 && !isSaving;

  const save = async () => {
    if (!canSave) return;
    setSaving(true);
    try {
      if (text.trim() !== decoded.text) await onSave(await resolveMentions(text.trim(), chosen, place));
      onClose();
    } catch (error) {
      setProblem(problemText(error));
      setSaving(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
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
      <WritingField
        autoFocus
        className={styles.input}
        data-testid="edit"
        aria-label={messageTexts.actions.editing}
        onFocus={({ target }) => target.setSelectionRange(text.length, text.length)}
        place={place}
        value={text}
        onText={setText}
        chosen={chosen}
        onChosen={setChosen}
        onKey={onKeyDown}
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
