import type { Community } from '@parley/contract';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { ChannelLink } from './channel-link.js';
import { channelSections } from './channel-sections.js';
import { InviteButton } from './invite-button.js';
import styles from './channel-sidebar.module.css';

export interface ChannelSidebarProps {
  /** Undefined until it is known. */
  community: Community | undefined;
  current: string | undefined;
}

/** The name of a community and its channels. */
export function ChannelSidebar({ community, current }: ChannelSidebarProps) {
  if (community === undefined) return <div className={styles.sidebar} />;
  return (
    <div className={styles.sidebar}>
      <header className={styles.header}>
        <h2 className={styles.name} dir="auto">
          {community.name}
        </h2>
        <InviteButton community={community} look="icon" />
      </header>
      <nav className={styles.channels} aria-label={workspaceTexts.shell.channels}>
        {channelSections(community.channels).map(({ category, channels }) => (
          <section key={category?.id ?? 'none'} className={styles.section}>
            {category !== undefined && (
              <h3 className={styles.category} dir="auto">
                {category.name}
              </h3>
            )}
            <ul>
              {channels.map((channel) => (
                <li key={channel.id}>
                  <ChannelLink channel={channel} isCurrent={channel.id === current} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
    </div>
  );
}
