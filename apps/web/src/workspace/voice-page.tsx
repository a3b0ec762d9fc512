import type { Channel, Community, OwnAccount } from '@parley/contract';
import { Suspense } from 'react';
import { channelPlace } from '../call/call-place.js';
import { useCallPhase } from '../call/use-call.js';
import { useJoinPlace } from '../call/use-join.js';
import { lazyPart } from '../ui/lazy-part.js';
import { Splash } from '../ui/splash.js';
import { BackToChannels } from './back-to-channels.js';
import { ChannelHeader } from './channel-header.js';
import { VoiceLobby } from './voice-lobby.js';
import styles from './voice-page.module.css';

const CallScreen = lazyPart(async () => (await import('../call/call-screen.js')).CallScreen);

export interface VoicePageProps {
  community: Community;
  channel: Channel;
  me: OwnAccount;
  /** Whether the list of channels is another page, to which a link leads back. */
  narrow: boolean;
}

/** A voice channel: the way into its call, the call, and its end. */
export function VoicePage({ community, channel, me, narrow }: VoicePageProps) {
  const phase = useCallPhase();
  const join = useJoinPlace();
  const place = channelPlace({ id: channel.id, communityId: community.id }, channel.name);
  const isHere = phase.name !== 'idle' && phase.room === place.room;

  if (isHere && phase.name === 'call') {
    return (
      <div className={styles.call}>
        <Suspense fallback={<Splash />}>
          <CallScreen
            place={phase}
            joinedAt={phase.joinedAt}
            back={narrow && <BackToChannels communityId={community.id} />}
          />
        </Suspense>
      </div>
    );
  }
  const end = isHere && phase.name === 'ended' ? phase.end : undefined;
  return (
    <>
      <ChannelHeader community={community} channel={channel} narrow={narrow} />
      <VoiceLobby
        channel={channel}
        people={community.voice.channels.find(({ channel_id }) => channel_id === channel.id)}
        end={end}
        problem={phase.name === 'idle' ? phase.error : undefined}
        isJoining={isHere && phase.name === 'joining'}
        onJoin={() => join(place, me.user_name)}
      />
    </>
  );
}
