import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { texts } from '../texts/texts.js';
import { focusContent } from '../ui/focus-content.js';
import { IconButton } from '../ui/icon-button.js';
import type { PanelName } from './call-ui.js';
import { MediaButton } from './media-button.js';
import styles from './side-panel.module.css';

export interface SidePanelProps {
  /** Which panel is open; undefined when none is. */
  name: PanelName | undefined;
  narrow: boolean;
  /** What a panel covers on a phone. */
  frame: HTMLElement | null;
  onClose: () => void;
  children: ReactNode;
}

const TITLES = { chat: 'messages', people: 'people' } as const;

/** A panel beside the stage; on a phone it covers the call and keeps the focus inside. */
export function SidePanel({ name, narrow, frame, onClose, children }: SidePanelProps) {
  if (name === undefined) return null;
  if (!narrow) {
    return (
      <DockedPanel key={name} name={name} onClose={onClose}>
        {children}
      </DockedPanel>
    );
  }
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal container={frame}>
        <Dialog.Content
          className={styles.sheet}
          aria-describedby={undefined}
          data-testid={`${name}-panel`}
          onOpenAutoFocus={focusContent}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            focusOpener(name);
          }}
        >
          <header className={styles.header}>
            <Dialog.Title className={styles.title}>{texts.call[TITLES[name]]}</Dialog.Title>
            {/* The sheet covers the call's controls: who has to mute in a hurry does not close it first. */}
            <span className={styles.actions}>
              <MediaButton source="microphone" />
              <Dialog.Close asChild>
                <IconButton label={texts.call.closePanel[name]} icon={<X size={20} />} />
              </Dialog.Close>
            </span>
          </header>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface DockedPanelProps extends Pick<SidePanelProps, 'onClose' | 'children'> {
  name: PanelName;
}

function DockedPanel({ name, onClose, children }: DockedPanelProps) {
  const panel = useRef<HTMLElement>(null);

  // A layout effect, because its end runs while the panel is still in the page and may hold the focus.
  useLayoutEffect(() => {
    const element = panel.current;
    const first = element?.querySelector<HTMLElement>('[data-autofocus]') ?? element;
    first?.focus({ preventScroll: true });
    return () => {
      // Only where the focus was inside: a click elsewhere has already moved it.
      if (element?.contains(document.activeElement) === true) focusOpener(name);
    };
  }, [name]);

  return (
    <aside
      ref={panel}
      tabIndex={-1}
      className={styles.panel}
      aria-label={texts.call[TITLES[name]]}
      data-testid={`${name}-panel`}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <header className={styles.header}>
        <h2 className={styles.title}>{texts.call[TITLES[name]]}</h2>
        <IconButton label={texts.call.closePanel[name]} icon={<X size={20} />} onClick={onClose} />
      </header>
      {children}
    </aside>
  );
}

function focusOpener(name: PanelName): void {
  document.getElementById(`panel-button-${name}`)?.focus();
}
