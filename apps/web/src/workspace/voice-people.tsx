import { channelRoom, type Channel, type VoicePerson, type VoiceState } from '@parley/contract';
import { useQuery } from '@tanstack/react-query';
import { HeadphoneOff, MicOff, MonitorUp, Video } from 'lucide-react';
import { VisuallyHidden } from 'radix-ui';
import { PersonPopover } from '../call/person-menu.js';
import { useCall, useCallPhase } from '../call/use-call.js';
import { useStore } from '../lib/use-store.js';
import { voiceTexts } from '../texts/voice/voice-texts.js';
import { Avatar } from '../ui/avatar.js';
import { meQuery } from './account-queries.js';
import { sayings } from './voice-sayings.js';
import styles from './voice-people.module.css';

/** Most who are listed below a channel. */
const MOST_LISTED = 12;

/** Who is in the call of a channel, below it in the list of channels. */
export function VoicePeople({ channel, state }: { channel: Channel; state: VoiceState }) {
  const me = useQuery(meQuery).data?.id;
  const phase = useCallPhase();
  const participants = useStore(useCall().session.roster.participants);
  const isHere = phase.name === 'call' && phase.room === channelRoom(channel.id);
  // The media server tells who speaks to who is there.
  const speaking = new Set(
    isHere ? participants.filter(({ isSpeaking }) => isSpeaking).map(({ identity }) => identity) : [],
  );
  const texts = voiceTexts.people;
  const listed = state.people.slice(0, MOST_LISTED);
  const more = state.total - listed.length;
  if (listed.length === 0) return null;
  return (
    <ul className={styles.people} aria-label={texts.in(channel.name)} data-testid="voice-people">
      {listed.map((person) => (
        <li key={person.id}>
          {person.id === me ? (
            <span className={styles.person} data-speaking={speaking.has(person.id)}>
              <VoicePersonLine person={person} isSpeaking={speaking.has(person.id)} />
            </span>
          ) : (
            <PersonPopover
              identity={person.id}
              name={person.name}
              isHeard={isHere}
              channel={{ id: channel.id, communityId: channel.community_id }}
            >
              <button type="button" className={styles.person} data-speaking={speaking.has(person.id)}>
                <VoicePersonLine person={person} isSpeaking={speaking.has(person.id)} />
              </button>
            </PersonPopover>
          )}
        </li>
      ))}
      {more > 0 && <li className={styles.more}>{texts.more(more)}</li>}
    </ul>
  );
}

function VoicePersonLine({ person, isSpeaking }: { person: VoicePerson; isSpeaking: boolean }) {
  const said = sayings(person, isSpeaking);
  return (
    <>
      <span className={styles.avatar}>
        <Avatar identity={person.id} name={person.name} size="tiny" />
      </span>
      <span className={styles.name}>
        <bdi>{person.name}</bdi>
      </span>
      {said.length > 0 && <VisuallyHidden.Root>, {said.join(', ')}</VisuallyHidden.Root>}
      <span className={styles.icons} aria-hidden="true">
        {person.screen && <MonitorUp size={14} className={styles.live} />}
        {person.camera && <Video size={14} />}
        {person.deafened && <HeadphoneOff size={14} className={styles.moderated} />}
        {(person.muted || !person.microphone) && (
          <MicOff size={14} {...(person.muted && { className: styles.moderated })} />
        )}
      </span>
    </>
  );
}
