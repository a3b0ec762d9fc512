import type { Channel, Community, OwnAccount } from '@parley/contract';
import { LoaderCircle, LogIn, TriangleAlert, Volume2 } from 'lucide-react';
import { Suspense } from 'react';
import { channelPlace } from '../call/call-place.js';
import { useCallPhase } from '../call/use-call.js';
import { useJoinPlace } from '../call/use-join.js';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { Button } from '../ui/button.js';
import page from '../ui/message-page.module.css';
import { lazyPart } from '../ui/lazy-part.js';
import { Splash } from '../ui/splash.js';
import { BackToChannels } from './back-to-channels.js';
import { ChannelHeader } from './channel-header.js';
import { PlaceNote } from './place-note.js';
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
  const texts = workspaceTexts.voice;

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
  const isJoining = isHere && phase.name === 'joining';
  const end = isHere && phase.name === 'ended' ? phase.end : undefined;
  const problem = phase.name === 'idle' ? phase.error : undefined;
  const mayJoin = channel.permissions.includes('join_voice');
  const detail = problem ?? end?.detail ?? (mayJoin ? texts.detail : texts.mayNotJoin);
  const isTrouble = problem !== undefined || end?.tone === 'problem';
  return (
    <>
      <ChannelHeader community={community} channel={channel} narrow={narrow} />
      <PlaceNote
        icon={isTrouble ? <TriangleAlert size={28} /> : <Volume2 size={28} />}
        title={end?.title ?? channel.name}
        detail={detail}
      >
        {mayJoin && (
          <Button look="primary" size="large" disabled={isJoining} onClick={() => join(place, me.user_name)}>
            {isJoining ? <LoaderCircle size={19} className={page.busy} /> : <LogIn size={19} />}
            {isJoining ? texts.joining : texts.join}
          </Button>
        )}
      </PlaceNote>
    </>
  );
}
