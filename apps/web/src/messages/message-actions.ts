import type { Message } from '@parley/contract';

/** What one can do with a message, in the order of its menu. */
export type MessageAction =
  | 'reply'
  | 'thread'
  | 'forward'
  | 'edit'
  | 'history'
  | 'copy'
  | 'link'
  | 'unread'
  | 'save'
  | 'pin'
  | 'delete';

export interface Acting {
  /** Id of who acts. */
  me: string;
  /** What they may do in the channel. */
  permissions: readonly string[];
  /** Whether the message stands in a thread: there is none below it. */
  isInThread: boolean;
}

/** What somebody may do with a message. */
export function actionsOn(message: Message, { me, permissions, isInThread }: Acting): MessageAction[] {
  const may = (permission: string) => permissions.includes(permission);
  const isOwn = message.author?.id === me;
  const hasThread = message.thread !== null;
  // There is no text to reply to, pass on or change.
  const isCall = message.call !== undefined;
  if (message.deleted) return hasThread ? ['thread'] : [];
  const actions: [MessageAction, boolean][] = [
    ['reply', !isCall && may(isInThread ? 'send_in_threads' : 'send_messages')],
    ['thread', !isInThread && !isCall && (hasThread || (may('send_in_threads') && may('create_threads')))],
    ['forward', !isCall],
    ['edit', isOwn && !isCall],
    ['history', message.edited_at !== null && may('view_edit_history')],
    ['copy', message.text !== ''],
    ['link', true],
    ['unread', true],
    ['save', true],
    ['pin', may('pin_messages')],
    ['delete', isOwn || may('delete_messages')],
  ];
  return actions.filter(([, isAllowed]) => isAllowed).map(([action]) => action);
}
