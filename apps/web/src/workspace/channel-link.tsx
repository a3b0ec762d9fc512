import type { Channel } from '@parley/contract';
import { Link } from '@tanstack/react-router';
import { ChannelIcon } from './channel-icon.js';
import styles from './channel-sidebar.module.css';

export interface ChannelLinkProps {
  channel: Channel;
  isCurrent: boolean;
}

/** A channel in the list. */
export function ChannelLink({ channel, isCurrent }: ChannelLinkProps) {
  return (
    <Link
      to="/c/$community/$channel"
      params={{ community: channel.community_id, channel: channel.id }}
      className={styles.channel}
      aria-current={isCurrent ? 'page' : undefined}
    >
      <ChannelIcon channel={channel} size={17} />
      <span className={styles.text} dir="auto">
        {channel.name}
      </span>
    </Link>
  );
}
