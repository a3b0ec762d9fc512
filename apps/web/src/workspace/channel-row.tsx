import type { Channel, Community } from '@parley/contract';
import { Suspense, useState, type ReactNode } from 'react';
import { lazyPart } from '../ui/lazy-part.js';
import styles from './channel-sidebar.module.css';

const ChannelMenu = lazyPart(async () => (await import('../administration/channel-menu.js')).ChannelMenu);

export interface ChannelRowProps {
  community: Community;
  channel: Channel;
  children: ReactNode;
}

/** A channel or a category in the list, with its menu. */
export function ChannelRow({ community, channel, children }: ChannelRowProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div
      className={styles.row}
      data-row={channel.id}
      onContextMenu={(event) => {
        // What is in it may have one of its own.
        if (event.defaultPrevented) return;
        event.preventDefault();
        setOpen(true);
      }}
    >
      {children}
      <Suspense>
        <ChannelMenu community={community} channel={channel} open={isOpen} onOpenChange={setOpen} />
      </Suspense>
    </div>
  );
}
