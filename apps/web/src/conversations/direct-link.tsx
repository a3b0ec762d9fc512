import { Link } from '@tanstack/react-router';
import { MessagesSquare } from 'lucide-react';
import { Tooltip, VisuallyHidden } from 'radix-ui';
import { Suspense } from 'react';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import tooltip from '../ui/icon-button.module.css';
import { lazyPart } from '../ui/lazy-part.js';
import styles from './direct-link.module.css';

const DirectMark = lazyPart(async () => (await import('./direct-mark.js')).DirectMark);

/** The way to one's conversations, above the communities, and how much in them is new. */
export function DirectLink({ isCurrent }: { isCurrent: boolean }) {
  const { directMessages } = workspaceTexts.shell;
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>
        <Link to="/d" className={styles.link} aria-current={isCurrent ? 'page' : undefined}>
          <MessagesSquare size={22} aria-hidden="true" />
          <VisuallyHidden.Root>{directMessages}</VisuallyHidden.Root>
          <Suspense>
            <DirectMark />
          </Suspense>
        </Link>
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className={tooltip.tooltip} side="right" sideOffset={8} collisionPadding={8}>
          {directMessages}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
