import type { Channel, Community, OwnAccount } from '@parley/contract';
import { Suspense } from 'react';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { lazyPart } from '../ui/lazy-part.js';
import { BesidePanel } from './beside-panel.js';
import { ChannelHeader } from './channel-header.js';
import { ChannelIcon } from './channel-icon.js';
import { InviteButton } from './invite-button.js';
import styles from './channel-page.module.css';

const ChannelMessages = lazyPart(
  async () => (await import('../messages/channel-messages.js')).ChannelMessages,
);

export interface ChannelPageProps {
  community: Community;
  channel: Channel;
  /** Whether the list of channels is another page, to which a link leads back. */
  narrow: boolean;
  me: OwnAccount;
}

/** A channel: its name, what it is for, and what is written in it. */
export function ChannelPage({ community, channel, narrow, me }: ChannelPageProps) {
  return (
    <BesidePanel place={{ community, channel, me }}>
      <ChannelHeader community={community} channel={channel} narrow={narrow} />
      <Suspense fallback={<div className={styles.loading} />}>
        <ChannelMessages
          key={channel.id}
          community={community}
          channel={channel}
          me={me}
          beginning={<Welcome community={community} channel={channel} />}
        />
      </Suspense>
    </BesidePanel>
  );
}

/** Stands where the channel begins. */
function Welcome({ community, channel }: { community: Community; channel: Channel }) {
  const texts = workspaceTexts.channel;
  return (
    <section className={styles.welcome} aria-label={texts.about}>
      <span className={styles.picture}>
        <ChannelIcon channel={channel} size={30} />
      </span>
      <h2 className={styles.title}>{texts.welcome(channel.name)}</h2>
      <p className={styles.detail}>{channel.private ? texts.seenByFew : texts.seenByAll(community.name)}</p>
      {channel.topic !== '' && (
        <p className={styles.wholeTopic} dir="auto">
          {channel.topic}
        </p>
      )}
      <div className={styles.actions}>
        <InviteButton community={community} look="words" />
      </div>
    </section>
  );
}
