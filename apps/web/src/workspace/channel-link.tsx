import type { Channel } from '@parley/contract';
import { Link } from '@tanstack/react-router';
import { Suspense } from 'react';
import { openPlaceMenu } from '../notifications/place-menu-state.js';
import { lazyPart } from '../ui/lazy-part.js';
import { ChannelIcon } from './channel-icon.js';
import styles from './channel-sidebar.module.css';

const DraftMark = lazyPart(async () => (await import('../messages/draft-mark.js')).DraftMark);
const UnreadMark = lazyPart(async () => (await import('../messages/unread-mark.js')).UnreadMark);

export interface ChannelLinkProps {
  channel: Channel;
  isCurrent: boolean;
}

/** A channel in the list, and whether something in it is new. */
export function ChannelLink({ channel, isCurrent }: ChannelLinkProps) {
  return (
    <Link
      to="/c/$community/$channel"
      params={{ community: channel.community_id, channel: channel.id }}
      className={styles.channel}
      draggable={false}
      aria-current={isCurrent ? 'page' : undefined}
      onContextMenu={(event) => openPlaceMenu(event, { kind: 'channel', id: channel.id, name: channel.name })}
    >
      <ChannelIcon channel={channel} size={17} />
      <span className={styles.text} dir="auto">
        {channel.name}
      </span>
      <Suspense>
        {!isCurrent && <DraftMark channelId={channel.id} />}
        <UnreadMark channelId={channel.id} />
      </Suspense>
    </Link>
  );
}
