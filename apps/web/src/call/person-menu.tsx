import { Ellipsis } from 'lucide-react';
import { Popover } from 'radix-ui';
import { Suspense, type ReactNode } from 'react';
import { texts } from '../texts/texts.js';
import { IconButton } from '../ui/icon-button.js';
import { lazyPart } from '../ui/lazy-part.js';
import { usePortalContainer } from '../ui/portal-container.js';
import type { CallPlace } from './call-place.js';
import type { ParticipantView } from './participants.js';
import type { PersonCardProps } from './person-card.js';
import styles from './person-menu.module.css';

const PersonCard = lazyPart(async () => (await import('./person-card.js')).PersonCard);

export interface PersonPopoverProps extends PersonCardProps {
  /** The button that opens it. */
  children: ReactNode;
}

/** Opens what one can do about somebody in the call: how loud one hears them, and what moderators decide. */
export function PersonPopover({ children, ...person }: PersonPopoverProps) {
  return (
    <Popover.Root>
      <Popover.Trigger asChild>{children}</Popover.Trigger>
      <Popover.Portal container={usePortalContainer()}>
        <Popover.Content
          className={styles.content}
          align="end"
          sideOffset={6}
          collisionPadding={12}
          aria-label={person.name}
        >
          <Suspense>
            <PersonCard {...person} />
          </Suspense>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

export interface PersonMenuProps {
  participant: Pick<ParticipantView, 'identity' | 'name' | 'isLocal'>;
  place: CallPlace;
}

/** The same, of somebody in the call that is shown. */
export function PersonMenu({ participant: { identity, name, isLocal }, place }: PersonMenuProps) {
  // One decides about oneself elsewhere.
  if (isLocal) return null;
  return (
    <PersonPopover isHeard {...{ identity, name }} {...(place.channel && { channel: place.channel })}>
      <IconButton
        size="small"
        label={texts.people.menu(name)}
        icon={<Ellipsis size={17} />}
        data-testid="person-menu"
      />
    </PersonPopover>
  );
}
