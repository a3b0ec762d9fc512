import { Copy, Ellipsis, Pencil, Pin, PinOff, Trash2 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef, useState } from 'react';
import { REACTIONS } from '../reactions/reaction.js';
import { messageTexts } from '../texts/messages/message-texts.js';
import { Button } from '../ui/button.js';
import { copyText } from '../ui/copy-text.js';
import { Dialog } from '../ui/dialog.js';
import menu from '../ui/menu.module.css';
import { useNotices } from '../ui/use-notices.js';
import styles from './message-menu.module.css';

export interface MessageMenuProps {
  text: string;
  /** Undefined for what one may not do. */
  onReact: ((emoji: string) => void) | undefined;
  onEdit: (() => void) | undefined;
  onPin: (() => void) | undefined;
  isPinned: boolean;
  onDelete: (() => void) | undefined;
}

/** What one can do with a message. */
export function MessageMenu(props: MessageMenuProps) {
  const { text, onReact, onEdit, onPin, isPinned, onDelete } = props;
  const [isAsking, setAsking] = useState(false);
  const isLeaving = useRef(false);
  const { notify } = useNotices();
  const texts = messageTexts.actions;
  const copy = async () => {
    if (await copyText(text)) notify(texts.copied);
    else notify(texts.copyFailed, 'problem');
  };
  return (
    <>
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
            // Where a field takes the message's place, it has the focus.
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
            {onEdit !== undefined && (
              <DropdownMenu.Item
                className={menu.item}
                onSelect={() => {
                  isLeaving.current = true;
                  onEdit();
                }}
              >
                <Pencil size={17} />
                {texts.edit}
              </DropdownMenu.Item>
            )}
            <DropdownMenu.Item className={menu.item} onSelect={() => void copy()}>
              <Copy size={17} />
              {texts.copy}
            </DropdownMenu.Item>
            {onPin !== undefined && (
              <DropdownMenu.Item className={menu.item} onSelect={onPin}>
                {isPinned ? <PinOff size={17} /> : <Pin size={17} />}
                {isPinned ? texts.unpin : texts.pin}
              </DropdownMenu.Item>
            )}
            {onDelete !== undefined && (
              <DropdownMenu.Item className={menu.item} onSelect={() => setAsking(true)}>
                <Trash2 size={17} />
                {texts.delete}
              </DropdownMenu.Item>
            )}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {isAsking && (
        <Dialog title={texts.deleteTitle} description={texts.deleteDetail} open onOpenChange={setAsking}>
          <div className={styles.answers}>
            <Button onClick={() => setAsking(false)}>{texts.cancel}</Button>
            <Button
              look="danger"
              data-autofocus
              onClick={() => {
                setAsking(false);
                onDelete?.();
              }}
            >
              {texts.delete}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
