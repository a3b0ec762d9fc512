import type { Community, OwnAccount } from '@parley/contract';
import { Suspense } from 'react';
import { FindButton } from '../finding/find-button.js';
import { lazyPart } from '../ui/lazy-part.js';
import { ChannelList } from './channel-list.js';
import { InviteButton } from './invite-button.js';
import styles from './channel-sidebar.module.css';

const CommunityMenu = lazyPart(
  async () => (await import('../administration/community-menu.js')).CommunityMenu,
);

export interface ChannelSidebarProps {
  /** Undefined until it is known. */
  community: Community | undefined;
  current: string | undefined;
  me: OwnAccount;
}

/** The name of a community and its channels. */
export function ChannelSidebar({ community, current, me }: ChannelSidebarProps) {
  if (community === undefined) return <div className={styles.sidebar} />;
  return (
    <div className={styles.sidebar}>
      <header className={styles.header}>
        <h2 className={styles.heading}>
          <Suspense
            fallback={
              <span className={styles.name} dir="auto">
                {community.name}
              </span>
            }
          >
            <CommunityMenu community={community} me={me} />
          </Suspense>
        </h2>
        <InviteButton community={community} look="icon" />
      </header>
      <FindButton />
      <ChannelList key={community.id} community={community} current={current} />
    </div>
  );
}
