import type { Channel, Community } from '@parley/contract';
import { Ellipsis } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { Suspense, useState } from 'react';
import { administrationTexts } from '../texts/administration/administration-texts.js';
import { lazyPart } from '../ui/lazy-part.js';
import styles from '../workspace/channel-sidebar.module.css';
import { ChannelMenuList } from './channel-menu-list.js';
import type { ChannelWindow } from './windows.js';

const Windows = lazyPart(async () => (await import('./channel-windows.js')).ChannelWindows);

export interface ChannelMenuProps {
  community: Community;
  channel: Channel;
  /** Also by a right click on its row. */
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** What one can do with a channel or a category. */
export function ChannelMenu({ community, channel, open, onOpenChange }: ChannelMenuProps) {
  const [shown, show] = useState<ChannelWindow>();
  return (
    <>
      <DropdownMenu.Root modal={false} open={open} onOpenChange={onOpenChange}>
        <DropdownMenu.Trigger
          className={styles.more}
          aria-label={administrationTexts.channel.menu(channel.name)}
        >
          <Ellipsis size={17} />
        </DropdownMenu.Trigger>
        {open && <ChannelMenuList community={community} channel={channel} onShow={show} />}
      </DropdownMenu.Root>
      {shown !== undefined && (
        <Suspense>
          <Windows shown={shown} community={community} channel={channel} onClose={() => show(undefined)} />
        </Suspense>
      )}
    </>
  );
}
