import { ArrowLeft, X } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { IconButton } from '../ui/icon-button.js';
import styles from './side-panel.module.css';

export interface SidePanelProps {
  /** Which panel it is: another one takes the focus as well. */
  name: string;
  title: string;
  /** Whether it stands in the place of the channel, not beside it. */
  isCovering: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** The panel of a channel: takes the focus, closes with Escape, gives the focus back. */
export function SidePanel({ name, title, isCovering, onClose, children }: SidePanelProps) {
  const panel = useRef<HTMLElement>(null);
  const [opener] = useState(() => document.activeElement);

  useEffect(() => {
    const first = panel.current?.querySelector<HTMLElement>('[data-autofocus]') ?? panel.current;
    first?.focus({ preventScroll: true });
  }, [name]);

  // A layout effect, because its end runs while the panel is still in the page and may hold the focus.
  useLayoutEffect(() => {
    const element = panel.current;
    return () => {
      // A click elsewhere has already moved it.
      if (element?.contains(document.activeElement) !== true) return;
      // What the panel has covered takes the focus only after it is gone.
      queueMicrotask(() => {
        if (!element.isConnected) focusAgain(opener);
      });
    };
  }, [opener]);

  return (
    <aside
      ref={panel}
      tabIndex={-1}
      className={styles.panel}
      data-covering={isCovering}
      data-testid={`${name}-panel`}
      aria-label={title}
      onKeyDown={(event) => {
        // A menu inside that closes with it has said so.
        if (event.key === 'Escape' && !event.defaultPrevented) onClose();
      }}
    >
      <header className={styles.header}>
        {isCovering && (
          <IconButton
            label={workspaceTexts.panel.back}
            icon={<ArrowLeft size={20} data-points-inline />}
            onClick={onClose}
          />
        )}
        <h2 className={styles.title}>{title}</h2>
        {!isCovering && (
          <IconButton label={workspaceTexts.panel.close} icon={<X size={20} />} onClick={onClose} />
        )}
      </header>
      {children}
    </aside>
  );
}

/** What opened the panel may be gone, as an item of a menu is: then the name of the channel. */
function focusAgain(opener: Element | null): void {
  const target =
    opener instanceof HTMLElement && opener.isConnected && opener !== document.body
      ? opener
      : document.querySelector<HTMLElement>('main h1');
  target?.focus({ preventScroll: true });
}
