import { Volume2, VolumeX } from 'lucide-react';
import { Suspense, useId } from 'react';
import { useStore } from '../lib/use-store.js';
import { voiceTexts } from '../texts/voice/voice-texts.js';
import { Avatar } from '../ui/avatar.js';
import { lazyPart } from '../ui/lazy-part.js';
import type { ChannelOfCall } from './call-place.js';
import { AS_SENT, LOUDEST } from './listening.js';
import { useCall } from './use-call.js';
import styles from './person-card.module.css';

const VoiceModeration = lazyPart(
  async () => (await import('../workspace/voice-moderation.js')).VoiceModeration,
);

export interface PersonCardProps {
  identity: string;
  name: string;
  /** Whether one is in the call with them oneself. */
  isHeard: boolean;
  /** Absent in a room of guests. */
  channel?: ChannelOfCall;
}

const STEP = 5;

/** What one can do about somebody in a call. */
export function PersonCard({ identity, name, isHeard, channel }: PersonCardProps) {
  return (
    <div className={styles.card}>
      <p className={styles.head}>
        <Avatar identity={identity} name={name} />
        <span className={styles.name} dir="auto">
          {name}
        </span>
      </p>
      {isHeard && <HowLoud identity={identity} />}
      {channel?.communityId != null && (
        <Suspense>
          <VoiceModeration channelId={channel.id} communityId={channel.communityId} identity={identity} />
        </Suspense>
      )}
    </div>
  );
}

/** How loud one hears them, which nobody else notices. */
function HowLoud({ identity }: { identity: string }) {
  const { listening } = useCall().session;
  const { volume, muted } = useStore(listening.people).get(identity) ?? AS_SENT;
  const texts = voiceTexts.card;
  const id = useId();
  return (
    <>
      <div className={styles.volume}>
        <label htmlFor={id}>{texts.volume}</label>
        <output htmlFor={id}>{texts.percent(volume)}</output>
        <input
          id={id}
          type="range"
          min={0}
          max={LOUDEST}
          step={STEP}
          value={volume}
          disabled={muted}
          aria-valuetext={texts.percent(volume)}
          onChange={({ currentTarget }) =>
            listening.change(identity, { volume: Number(currentTarget.value) })
          }
        />
      </div>
      <button
        type="button"
        className={styles.action}
        aria-pressed={muted}
        onClick={() => listening.change(identity, { muted: !muted })}
      >
        {muted ? <VolumeX size={17} /> : <Volume2 size={17} />}
        {muted ? texts.hearAgain : texts.muteForMe}
      </button>
    </>
  );
}
