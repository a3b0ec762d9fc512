import { Hand, SmilePlus } from 'lucide-react';
import { Popover } from 'radix-ui';
import { texts } from '../texts/texts.js';
import { Button } from '../ui/button.js';
import { IconButton } from '../ui/icon-button.js';
import { usePortalContainer } from '../ui/portal-container.js';
import { REACTIONS } from './reaction.js';
import styles from './reactions-menu.module.css';

export interface ReactionsMenuProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onReact: (emoji: string) => void;
  handRaised: boolean;
  /** Given where the bar has no room for a button of its own for the hand. */
  onHand: (() => void) | undefined;
}

/** Opens the choice of reactions. It stays open, so that one can clap more than once. */
export function ReactionsMenu({ open, onOpenChange, onReact, handRaised, onHand }: ReactionsMenuProps) {
  return (
    <Popover.Root open={open} onOpenChange={onOpenChange}>
      <Popover.Trigger asChild>
        <IconButton
          label={texts.reactions.title}
          shortcut="reactions"
          size="large"
          look={open || (onHand !== undefined && handRaised) ? 'active' : 'control'}
          icon={<SmilePlus size={21} />}
          data-testid="reactions-button"
        />
      </Popover.Trigger>
      <Popover.Portal container={usePortalContainer()}>
        <Popover.Content
          className={styles.content}
          side="top"
          sideOffset={14}
          collisionPadding={12}
          aria-label={texts.reactions.title}
          data-shortcuts
        >
          <div className={styles.row}>
            {REACTIONS.map(({ emoji, name }) => (
              <button
                key={emoji}
                type="button"
                className={styles.emoji}
                aria-label={texts.reactions[name]}
                onClick={() => onReact(emoji)}
              >
                {emoji}
              </button>
            ))}
          </div>
          {onHand !== undefined && (
            <Button onClick={onHand} aria-pressed={handRaised} data-testid="hand-button">
              <Hand size={17} />
              {handRaised ? texts.hand.lower : texts.hand.raise}
            </Button>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
