import type { Channel, Community } from '@parley/contract';
import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
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
  const heading = useRef<HTMLHeadingElement>(null);
  const texts = workspaceTexts.channel;

  // On a phone what had the focus is gone with the list.
  useEffect(() => {
    if (narrow) heading.current?.focus();
  }, [narrow, channel.id]);

  return (
    <>
      <header className={styles.header}>
        {narrow && (
          <Link
            to="/c/$community"
            params={{ community: community.id }}
            className={styles.back}
            aria-label={texts.back}
          >
            <ArrowLeft size={20} data-points-inline />
          </Link>
        )}
        <span className={styles.icon}>
          <ChannelIcon channel={channel} size={18} />
        </span>
        <h1 ref={heading} tabIndex={-1} className={styles.name} dir="auto">
          {channel.name}
        </h1>
        {channel.topic !== '' && (
          <p className={styles.topic} dir="auto" title={channel.topic}>
            {channel.topic}
          </p>
        )}
      </header>
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
