import { useState } from 'react';
import { scheduledTexts } from '../texts/scheduled/scheduled-texts.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { fieldTime, sendTimes } from './send-times.js';
import styles from './scheduled.module.css';
import { TimeField } from './time-field.js';

export interface TimeDialogProps {
  onTime: (time: Date) => void;
  onClose: () => void;
}

/** Asks when a message is to be sent. */
export function TimeDialog({ onTime, onClose }: TimeDialogProps) {
  const [time, setTime] = useState(() => fieldTime(sendTimes(new Date())[1]?.[1] ?? new Date()));
  return (
    <Dialog
      title={scheduledTexts.choose}
      description={scheduledTexts.chooseDetail}
      open
      onOpenChange={onClose}
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          // Else it would reach the form of the composer, which sends.
          event.stopPropagation();
          onTime(new Date(time));
          onClose();
        }}
      >
        <TimeField value={time} onChange={setTime} />
        <Button type="submit" look="primary">
          {scheduledTexts.submit}
        </Button>
      </form>
    </Dialog>
  );
}
