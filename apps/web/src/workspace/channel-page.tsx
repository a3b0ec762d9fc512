import type { Channel, Community } from '@parley/contract';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { ChannelHeader } from './channel-header.js';
import { ChannelIcon } from './channel-icon.js';
import { InviteButton } from './invite-button.js';
import styles from './channel-page.module.css';

export interface ChannelPageProps {
  community: Community;
  channel: Channel;
  /** Whether the list of channels is another page, to which a link leads back. */
  narrow: boolean;
}

/** A channel: its name and what it is for. */
export function ChannelPage({ community, channel, narrow }: ChannelPageProps) {
  const texts = workspaceTexts.channel;

  return (
    <>
      <ChannelHeader community={community} channel={channel} narrow={narrow} />
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
    </>
  );
}
