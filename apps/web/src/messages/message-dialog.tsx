import type { Message } from '@parley/contract';
import { Suspense } from 'react';
import { lazyPart } from '../ui/lazy-part.js';
import { DeleteDialog } from './delete-dialog.js';
import type { MessageHandlers } from './message-handlers.js';

const HistoryDialog = lazyPart(async () => (await import('./history-dialog.js')).HistoryDialog);
const ForwardDialog = lazyPart(async () => (await import('./forward-dialog.js')).ForwardDialog);

/** What a window over the page is about. */
export interface OpenDialog {
  name: 'delete' | 'history' | 'forward';
  message: Message;
}

interface DialogsProps {
  dialog: OpenDialog | undefined;
  handlers: MessageHandlers;
  onClose: () => void;
}

/** The window that an action on a message has opened, if any. */
export function MessageDialog({ dialog, handlers, onClose }: DialogsProps) {
  if (dialog === undefined) return null;
  const { name, message } = dialog;
  if (name === 'delete')
    return <DeleteDialog onDelete={() => handlers.onDelete(message)} onClose={onClose} />;
  return (
    <Suspense>
      {name === 'history' && <HistoryDialog message={message} onClose={onClose} />}
      {name === 'forward' && <ForwardDialog message={message} onClose={onClose} />}
    </Suspense>
  );
}
