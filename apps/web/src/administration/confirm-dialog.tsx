import { LoaderCircle } from 'lucide-react';
import { useId, useState, type ReactNode, type SyntheticEvent } from 'react';
import { TextField } from '../forms/text-field.js';
import { administrationTexts } from '../texts/administration/administration-texts.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { problemText } from '../workspace/problem-text.js';
import message from '../ui/message-page.module.css';
import styles from './dialog-form.module.css';

export interface ConfirmDialogProps {
  title: string;
  lead: string;
  /** What the button says that does it. */
  submit: string;
  /** A name that must be typed, where nothing brings back what is done. */
  typed?: string | undefined;
  /** Rejects when it could not be done, and is told here. */
  onConfirm: () => Promise<void>;
  onClose: () => void;
  children?: ReactNode;
}

/** Asks before something is done that cannot be undone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, lead, submit, typed, onConfirm, onClose, children } = props;
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(undefined);
  const [isWrong, setWrong] = useState(false);
  const form = useId();
  const confirm = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget).get('confirmation');
    const wrong = typed !== undefined && (typeof given !== 'string' || given.trim() !== typed.trim());
    setWrong(wrong);
    if (busy || wrong) return;
    setBusy(true);
    try {
      await onConfirm();
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  const wrongName = { field: 'confirmation', text: administrationTexts.deletion.notTheName };
  return (
    <Dialog title={title} description={lead} open onOpenChange={(open) => !open && onClose()}>
      <form id={form} className={styles.form} noValidate onSubmit={(event) => void confirm(event)}>
        {children}
        {typed !== undefined && (
          <TextField
            name="confirmation"
            label={administrationTexts.typeName(typed)}
            problem={isWrong ? wrongName : undefined}
            autoComplete="off"
            spellCheck={false}
          />
        )}
        {failure !== undefined && (
          <p className={styles.problem} role="alert">
            {problemText(failure)}
          </p>
        )}
        <div className={styles.buttons}>
          <Button onClick={onClose}>{administrationTexts.cancel}</Button>
          <Button type="submit" look="danger" aria-disabled={busy}>
            {busy && <LoaderCircle size={17} className={message.busy} />}
            {submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
