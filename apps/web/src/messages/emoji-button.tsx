import { SmilePlus } from 'lucide-react';
import { Popover } from 'radix-ui';
import { Suspense, useState } from 'react';
import { IconButton } from '../ui/icon-button.js';
import { lazyPart } from '../ui/lazy-part.js';
import styles from './emoji-picker.module.css';

const EmojiPicker = lazyPart(async () => (await import('./emoji-picker.js')).EmojiPicker);

export interface EmojiButtonProps {
  label: string;
  size?: 'small' | 'medium';
  onEmoji: (emoji: string) => void;
}

/** Opens a window to choose an emoji from. */
export function EmojiButton({ label, size = 'medium', onEmoji }: EmojiButtonProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <IconButton label={label} size={size} icon={<SmilePlus size={size === 'small' ? 16 : 19} />} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={styles.window}
          aria-label={label}
          align="end"
          sideOffset={6}
          collisionPadding={8}
          // A panel around it stays open.
          onEscapeKeyDown={(event) => event.stopPropagation()}
        >
          <Suspense fallback={<div className={styles.loading} />}>
            <EmojiPicker
              onEmoji={(emoji) => {
                setOpen(false);
                onEmoji(emoji);
              }}
            />
          </Suspense>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
