import { Tooltip } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { ariaShortcut, shortcutText, type ShortcutAction } from '../lib/shortcuts.js';
import { isTabFocus } from './tab-focus.js';
import styles from './icon-button.module.css';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** The accessible name. A toggle keeps its name: `aria-pressed` says which way it is. */
  label: string;
  /** What the tooltip says, where that is not the name: usually what a press will do. */
  hint?: string;
  icon: ReactNode;
  look?: 'plain' | 'control' | 'off' | 'active' | 'danger' | 'over-video';
  size?: 'small' | 'medium' | 'large';
  /** The keyboard shortcut that does the same. */
  shortcut?: ShortcutAction;
  /** A small count on the corner, such as unread messages; 0 shows none. */
  badge?: number;
}

/** A round button with a picture on it, a name and a tooltip. */
export function IconButton({
  label,
  hint = label,
  icon,
  look = 'plain',
  size = 'medium',
  shortcut,
  badge = 0,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger
        asChild
        onFocus={(event) => {
          // Else the tooltip would come up whenever a dialog gives the focus back, and take the next Escape.
          if (!isTabFocus()) event.preventDefault();
        }}
      >
        <button
          type="button"
          aria-label={label}
          aria-keyshortcuts={shortcut && ariaShortcut(shortcut)}
          {...rest}
          data-look={look}
          data-size={size}
          className={[styles.button, className].filter(Boolean).join(' ')}
        >
          {icon}
          {badge > 0 && (
            <span className={styles.badge} aria-hidden="true">
              {badge > 99 ? '99+' : badge}
            </span>
          )}
        </button>
      </Tooltip.Trigger>
      {/* What the button has opened must not be covered by its tooltip. */}
      {rest['aria-expanded'] !== true && (
        <Tooltip.Portal>
          <Tooltip.Content className={styles.tooltip} sideOffset={8} collisionPadding={8}>
            {hint}
            {shortcut && <kbd className={styles.key}>{shortcutText(shortcut)}</kbd>}
          </Tooltip.Content>
        </Tooltip.Portal>
      )}
    </Tooltip.Root>
  );
}
