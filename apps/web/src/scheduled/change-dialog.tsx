import type { ScheduledMessage } from '@parley/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { scheduledApi } from '../api/scheduled.js';
import { scheduledTexts } from '../texts/scheduled/scheduled-texts.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { problemText } from '../workspace/problem-text.js';
import { changeScheduled } from './scheduled-queries.js';
import styles from './scheduled.module.css';
import { fieldTime } from './send-times.js';
import { TimeField } from './time-field.js';

export interface ChangeDialogProps {
  scheduled: ScheduledMessage;
  onClose: () => void;
}

/** Changes what is sent later, and when. */
export function ChangeDialog({ scheduled, onClose }: ChangeDialogProps) {
  const client = useQueryClient();
  const [text, setText] = useState(scheduled.text);
  const [time, setTime] = useState(() => fieldTime(new Date(scheduled.send_at)));
  const change = useMutation({
    mutationFn: () =>
      scheduledApi.change({ id: scheduled.id, text: text.trim(), send_at: new Date(time).toISOString() }),
    onSuccess: (changed) => {
      changeScheduled(client, changed.id, changed);
      onClose();
    },
  });
  return (
    <Dialog
      title={scheduledTexts.change}
      description={scheduledTexts.changeDetail}
      open
      onOpenChange={onClose}
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <label className={styles.label}>
          {scheduledTexts.text}
          <textarea
            className={styles.area}
            dir="auto"
            required
            rows={4}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <TimeField value={time} onChange={setTime} />
        {change.isError && <p role="alert">{problemText(change.error)}</p>}
        <Button type="submit" look="primary" disabled={change.isPending || text.trim() === ''}>
          {scheduledTexts.save}
        </Button>
      </form>
    </Dialog>
  );
}
