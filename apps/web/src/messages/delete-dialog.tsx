import { messageTexts } from '../texts/messages/message-texts.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import styles from './delete-dialog.module.css';

export interface DeleteDialogProps {
  onDelete: () => void;
  onClose: () => void;
}

/** Asks before a message is gone for everybody. */
export function DeleteDialog({ onDelete, onClose }: DeleteDialogProps) {
  const texts = messageTexts.actions;
  return (
    <Dialog title={texts.deleteTitle} description={texts.deleteDetail} open onOpenChange={onClose}>
      <div className={styles.answers}>
        <Button onClick={onClose}>{texts.cancel}</Button>
        <Button
          look="danger"
          data-autofocus
          onClick={() => {
            onClose();
            onDelete();
          }}
        >
          {texts.delete}
        </Button>
      </div>
    </Dialog>
  );
}
