import type { Community, OwnAccount } from '@parley/contract';
import { ChevronDown } from 'lucide-react';
import { DropdownMenu, VisuallyHidden } from 'radix-ui';
import { Suspense, useState } from 'react';
import { administrationTexts } from '../texts/administration/administration-texts.js';
import { lazyPart } from '../ui/lazy-part.js';
import styles from '../workspace/channel-sidebar.module.css';
import { CommunityMenuList } from './community-menu-list.js';
import type { CommunityWindow } from './windows.js';

const Windows = lazyPart(async () => (await import('./community-windows.js')).CommunityWindows);

/** The community's name, and what one can do with it. */
export function CommunityMenu({ community, me }: { community: Community; me: OwnAccount }) {
  const [shown, show] = useState<CommunityWindow>();
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className={styles.community} data-testid="community-menu">
          <span className={styles.name} dir="auto">
            {community.name}
          </span>
          <VisuallyHidden.Root>{administrationTexts.community.menu}</VisuallyHidden.Root>
          <ChevronDown size={16} aria-hidden="true" />
        </DropdownMenu.Trigger>
        <CommunityMenuList community={community} me={me} onShow={show} />
      </DropdownMenu.Root>
      {shown !== undefined && (
        <Suspense>
          <Windows shown={shown} community={community} me={me} onClose={() => show(undefined)} />
        </Suspense>
      )}
    </>
  );
}
