import type { Channel, Community } from '@parley/contract';
import { Suspense } from 'react';
import { FindButton } from '../finding/find-button.js';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { lazyPart } from '../ui/lazy-part.js';
import { ChannelLink } from './channel-link.js';
import { channelSections } from './channel-sections.js';
import { InviteButton } from './invite-button.js';
import styles from './channel-sidebar.module.css';

const VoicePeople = lazyPart(async () => (await import('./voice-people.js')).VoicePeople);

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
      <FindButton />
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
                  <PeopleBelow channel={channel} community={community} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
    </div>
  );
}

/** Who is in the call of a voice channel. */
function PeopleBelow({ channel, community }: { channel: Channel; community: Community }) {
  const state = community.voice.channels.find(({ channel_id }) => channel_id === channel.id);
  if (state === undefined || state.total === 0) return null;
  return (
    <Suspense>
      <VoicePeople channel={channel} state={state} />
    </Suspense>
  );
}
