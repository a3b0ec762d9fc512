import type { Message } from '@parley/contract';
import {
  Bookmark,
  BookmarkX,
  Copy,
  Ellipsis,
  Forward,
  History,
  Link2,
  Mail,
  MessageSquareText,
  Pencil,
  Pin,
  PinOff,
  Reply,
  Trash2,
  type LucideIcon,
} from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef } from 'react';
import { REACTIONS } from '../reactions/reaction.js';
import { messageTexts } from '../texts/messages/message-texts.js';
import menu from '../ui/menu.module.css';
import { EmojiButton } from './emoji-button.js';
import type { MessageAction } from './message-actions.js';
import styles from './message-menu.module.css';

export interface MessageMenuProps {
  message: Pick<Message, 'pinned' | 'saved'>;
  actions: readonly MessageAction[];
  onAction: (action: MessageAction) => void;
  /** Undefined where one may not. */
  onReact: ((emoji: string) => void) | undefined;
}

const ICONS: Record<MessageAction, LucideIcon> = {
  reply: Reply,
  thread: MessageSquareText,
  forward: Forward,
  edit: Pencil,
  history: History,
  copy: Copy,
  link: Link2,
  unread: Mail,
  save: Bookmark,
  pin: Pin,
  delete: Trash2,
};

/** After these the focus is elsewhere. */
const LEAVING: readonly MessageAction[] = ['reply', 'thread', 'edit'];

/** What one can do with a message: the most frequent beside it, all of it in a menu. */
export function MessageMenu({ message, actions, onAction, onReact }: MessageMenuProps) {
  const isLeaving = useRef(false);
  const texts = messageTexts.actions;
  if (actions.length === 0) return null;
  const act = (action: MessageAction) => {
    isLeaving.current = LEAVING.includes(action);
    onAction(action);
  };
  return (
    <div className={styles.bar}>
      {onReact !== undefined && (
        <span className={styles.react}>
          <EmojiButton size="small" label={texts.react} onEmoji={onReact} />
        </span>
      )}
      {actions
        .filter((action) => action === 'reply' || action === 'thread')
        .map((action) => {
          const Icon = ICONS[action];
          return (
            <button
              key={action}
              type="button"
              className={styles.quick}
              aria-label={texts[action]}
              title={texts[action]}
              onClick={() => onAction(action)}
            >
              <Icon size={17} data-points-inline={action === 'reply' ? true : undefined} />
            </button>
          );
        })}
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className={styles.trigger} aria-label={texts.more}>
          <Ellipsis size={18} />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            className={menu.content}
            align="end"
            sideOffset={4}
            collisionPadding={8}
            onCloseAutoFocus={(event) => {
              if (isLeaving.current) event.preventDefault();
              isLeaving.current = false;
            }}
          >
            {onReact !== undefined && (
              <DropdownMenu.Group className={styles.emoji} aria-label={texts.react}>
                {REACTIONS.slice(0, 6).map(({ emoji }) => (
                  <DropdownMenu.Item
                    key={emoji}
                    aria-label={texts.reactWith(emoji)}
                    onSelect={() => onReact(emoji)}
                  >
                    {emoji}
                  </DropdownMenu.Item>
                ))}
              </DropdownMenu.Group>
            )}
            {actions.map((action) => {
              const { Icon, label } = lookOf(action, message);
              return (
                <DropdownMenu.Item key={action} className={menu.item} onSelect={() => act(action)}>
                  <Icon size={17} />
                  {label}
                </DropdownMenu.Item>
              );
            })}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </div>
  );
}

function lookOf(action: MessageAction, { pinned, saved }: MessageMenuProps['message']) {
  const texts = messageTexts.actions;
  if (action === 'pin' && pinned) return { Icon: PinOff, label: texts.unpin };
  if (action === 'save' && saved) return { Icon: BookmarkX, label: texts.unsave };
  return { Icon: ICONS[action], label: texts[action] };
}
