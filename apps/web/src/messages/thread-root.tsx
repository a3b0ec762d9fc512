import type { Message } from '@parley/contract';
import { MessageDialog } from './message-dialog.js';
import { useMessageHandlers } from './message-handlers.js';
import { MessageItem } from './message-item.js';
import type { MessagesPlace, Place } from './place.js';
import { useMessageActions } from './use-message-actions.js';
import styles from './thread-panel.module.css';

export interface ThreadRootProps {
  message: Message;
  place: Place;
  channel: MessagesPlace;
}

/** The message above a thread, with what one can do with it but for answering it by itself. */
export function ThreadRoot({ message, place, channel }: ThreadRootProps) {
  const handlers = useMessageHandlers();
  const { act, editing, setEditing, dialog, setDialog } = useMessageActions(handlers);
  const permissions = channel.permissions.filter((permission) => permission !== 'send_in_threads');
  const withoutReplies = { ...channel, permissions };
  return (
    <div className={styles.root}>
      <MessageItem
        message={message}
        isFirst
        place={place}
        isInThread
        isEditing={editing === message.id}
        channel={withoutReplies}
        handlers={handlers}
        onAction={act}
        onEdited={() => setEditing(null)}
      />
      <MessageDialog dialog={dialog} handlers={handlers} onClose={() => setDialog(undefined)} />
    </div>
  );
}
