import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { texts } from '../texts/texts.js';
import { focusContent } from './focus-content.js';
import { IconButton } from './icon-button.js';
import styles from './dialog.module.css';

export interface DialogProps {
  title: string;
  /** One sentence under the title. */
  description: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  children: ReactNode;
  /** Where the focus goes when the dialog closes and nothing inside the page opened it. */
  returnFocus?: () => void;
}

/** A window over the page: takes the focus, closes with Escape, gives the focus back. */
export function Dialog({ title, description, open, onOpenChange, children, returnFocus }: DialogProps) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={styles.overlay}>
          <Primitive.Content
            className={styles.content}
            onOpenAutoFocus={focusContent}
            onCloseAutoFocus={(event) => {
              if (returnFocus === undefined) return;
              event.preventDefault();
              returnFocus();
            }}
          >
            <header className={styles.header}>
              <div>
                <Primitive.Title className={styles.title}>{title}</Primitive.Title>
                <Primitive.Description className={styles.description}>{description}</Primitive.Description>
              </div>
              <Primitive.Close asChild>
                <IconButton label={texts.app.close} icon={<X size={20} />} />
              </Primitive.Close>
            </header>
            {children}
          </Primitive.Content>
        </Primitive.Overlay>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
