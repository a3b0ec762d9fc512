import type { Channel, Community } from '@parley/contract';
import { Pin, Search, UsersRound } from 'lucide-react';
import { Suspense, useEffect, useRef } from 'react';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { lazyPart } from '../ui/lazy-part.js';
import { BackToChannels } from './back-to-channels.js';
import { ChannelIcon } from './channel-icon.js';
import { PanelButton } from './panel-button.js';
import styles from './channel-page.module.css';

const OwnListsMenu = lazyPart(async () => (await import('./own-lists-menu.js')).OwnListsMenu);

export interface ChannelHeaderProps {
  community: Community;
  channel: Channel;
  /** Whether the list of channels is another page, to which a link leads back. */
  narrow: boolean;
}

/** The name of the channel that is open, and what it is for. */
export function ChannelHeader({ community, channel, narrow }: ChannelHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null);

  // On a phone what had the focus is gone with the list.
  useEffect(() => {
    if (narrow) heading.current?.focus();
  }, [narrow, channel.id]);

  return (
    <header className={styles.header}>
      {narrow && <BackToChannels communityId={community.id} />}
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
      <div className={styles.buttons}>
        <Suspense>
          <OwnListsMenu />
        </Suspense>
        <PanelButton panel="search" label={workspaceTexts.panel.search} icon={<Search size={19} />} />
        {community.permissions.includes('view_members') && (
          <PanelButton panel="members" label={workspaceTexts.panel.members} icon={<UsersRound size={19} />} />
        )}
        {channel.kind === 'text' && channel.permissions.includes('read_history') && (
          <PanelButton panel="pins" label={workspaceTexts.panel.pins} icon={<Pin size={19} />} />
        )}
      </div>
    </header>
  );
}
