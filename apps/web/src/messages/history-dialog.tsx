import { useQuery } from '@tanstack/react-query';
import { messagesApi } from '../api/messages.js';
import { messageTexts } from '../texts/messages/message-texts.js';
import { Dialog } from '../ui/dialog.js';
import { problemText } from '../workspace/problem-text.js';
import { MessageTime } from './message-time.js';
import type { MessageDialogProps } from './message-dialog-props.js';
import styles from './message-dialog.module.css';

/** What a message said before it was changed. */
export function HistoryDialog({ message, onClose }: MessageDialogProps) {
  const texts = messageTexts.history;
  const { data, error } = useQuery({
    queryKey: ['versions', message.id, message.edited_at],
    queryFn: () => messagesApi.versions({ channel_id: message.channel_id, message_id: message.id }),
  });
  return (
    <Dialog title={texts.title} description={texts.detail} open onOpenChange={onClose}>
      {error !== null && <p role="alert">{problemText(error)}</p>}
      <ol className={styles.versions}>
        {data?.versions.toReversed().map(({ text, replaced_at }) => (
          <li key={replaced_at}>
            <span>
              {texts.until} <MessageTime time={Date.parse(replaced_at)} form="day-and-time" />
            </span>
            <p dir="auto">{text}</p>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
