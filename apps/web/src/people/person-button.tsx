import { Popover } from 'radix-ui';
import { Suspense, type ReactNode } from 'react';
import { lazyPart } from '../ui/lazy-part.js';
import { peopleTexts } from '../texts/people/people-texts.js';
import styles from './person-button.module.css';
import card from './person-card.module.css';

const PersonCard = lazyPart(async () => (await import('./person-card.js')).PersonCard);

export interface PersonButtonProps {
  id: string;
  /** What they are called here. */
  name: string;
  className?: string | undefined;
  children: ReactNode;
}

/** Somebody's name or picture, which opens their card. */
export function PersonButton({ id, name, className, children }: PersonButtonProps) {
  return (
    <Popover.Root>
      <Popover.Trigger
        className={[styles.button, className].filter(Boolean).join(' ')}
        data-testid="person-button"
      >
        {children}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={card.card}
          side="right"
          align="start"
          sideOffset={8}
          collisionPadding={8}
          aria-label={peopleTexts.card.label(name)}
          data-testid="person-card"
        >
          <Suspense fallback={<div className={card.loading} />}>
            <PersonCard id={id} name={name} />
          </Suspense>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
