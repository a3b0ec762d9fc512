import type { Channel, Community } from '@parley/contract';
import { Suspense, useState } from 'react';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { lazyPart } from '../ui/lazy-part.js';
import { ChannelLink } from './channel-link.js';
import { ChannelRow } from './channel-row.js';
import { archivedChannels, channelSections } from './channel-sections.js';
import styles from './channel-sidebar.module.css';

const ChannelOrdering = lazyPart(
  async () => (await import('../administration/channel-ordering.js')).ChannelOrdering,
);
const VoicePeople = lazyPart(async () => (await import('./voice-people.js')).VoicePeople);

export interface ChannelListProps {
  community: Community;
  current: string | undefined;
}

/** The channels of a community, by category; who may puts them in order. */
export function ChannelList({ community, current }: ChannelListProps) {
  const [list, setList] = useState<HTMLElement | null>(null);
  const mayOrder = community.permissions.includes('create_channels');
  const archived = archivedChannels(community.channels);
  const rows = (channels: readonly Channel[]) => (
    <ul>
      {channels.map((channel) => (
        <li key={channel.id}>
          <ChannelRow community={community} channel={channel}>
            <ChannelLink channel={channel} isCurrent={channel.id === current} />
          </ChannelRow>
          <PeopleBelow channel={channel} community={community} />
        </li>
      ))}
    </ul>
  );
  return (
    <nav ref={setList} className={styles.channels} aria-label={workspaceTexts.shell.channels}>
      {channelSections(community.channels, { withEmpty: mayOrder }).map(({ category, channels }) => (
        <section key={category?.id ?? 'none'} className={styles.section}>
          {category !== undefined && (
            <ChannelRow community={community} channel={category}>
              <h3 className={styles.category} dir="auto">
                {category.name}
              </h3>
            </ChannelRow>
          )}
          {rows(channels)}
        </section>
      ))}
      {archived.length > 0 && (
        <details className={styles.section} open={archived.some(({ id }) => id === current)}>
          <summary className={styles.category}>{workspaceTexts.shell.archived}</summary>
          {rows(archived)}
        </details>
      )}
      {mayOrder && list !== null && (
        <Suspense>
          <ChannelOrdering list={list} community={community} />
        </Suspense>
      )}
    </nav>
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
