import type { Message } from '@parley/contract';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { messageTexts } from '../texts/messages/message-texts.js';
import { copyText } from '../ui/copy-text.js';
import { useNotices } from '../ui/use-notices.js';
import type { MessageAction } from './message-actions.js';
import type { OpenDialog } from './message-dialog.js';
import type { MessageHandlers } from './message-handlers.js';
import { messageLink } from './message-link.js';

export interface MessageActing {
  /** Does what was chosen in the menu of a message; does not change. */
  act: (action: MessageAction, message: Message) => void;
  editing: string | null;
  setEditing: (id: string | null) => void;
  /** The message that is answered by what one writes. */
  answered: Message | undefined;
  setAnswered: (message: Message | undefined) => void;
  /** The window that an action has opened. */
  dialog: OpenDialog | undefined;
  setDialog: (dialog: OpenDialog | undefined) => void;
  /** Whether one has marked something as unread, which stays so while one is here. */
  isKept: boolean;
}

/** What becomes of the choices in the menus of messages. */
export function useMessageActions(handlers: MessageHandlers): MessageActing {
  const [editing, setEditing] = useState<string | null>(null);
  const [answered, setAnswered] = useState<Message>();
  const [dialog, setDialog] = useState<OpenDialog>();
  const [isKept, setKept] = useState(false);
  const navigate = useNavigate();
  const { notify } = useNotices();

  const act = useCallback(
    (action: MessageAction, message: Message) => {
      const texts = messageTexts.actions;
      const copy = async (text: string, done: string) => {
        if (await copyText(text)) notify(done);
        else notify(texts.copyFailed, 'problem');
      };
      switch (action) {
        case 'reply':
          setAnswered(message);
          return;
        case 'thread':
          void navigate({ to: '.', search: { thread: message.id } });
          return;
        case 'edit':
          setEditing(message.id);
          return;
        case 'copy':
          void copy(message.text, texts.copied);
          return;
        case 'link':
          void copy(messageLink(location, message), texts.linkCopied);
          return;
        case 'unread':
          setKept(true);
          handlers.onUnread(message);
          return;
        case 'save':
          handlers.onSave(message);
          return;
        case 'pin':
          handlers.onPin(message);
          return;
        case 'delete':
        case 'history':
        case 'forward':
          setDialog({ name: action, message });
      }
    },
    [handlers, navigate, notify],
  );
  return { act, editing, setEditing, answered, setAnswered, dialog, setDialog, isKept };
}
