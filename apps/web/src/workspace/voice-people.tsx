import { channelRoom, type Channel, type VoicePerson, type VoiceState } from '@parley/contract';
import { HeadphoneOff, MicOff, MonitorUp, Video } from 'lucide-react';
import { VisuallyHidden } from 'radix-ui';
import { useCall, useCallPhase } from '../call/use-call.js';
import { useStore } from '../lib/use-store.js';
import { voiceTexts } from '../texts/voice/voice-texts.js';
import { Avatar } from '../ui/avatar.js';
import styles from './voice-people.module.css';

/** Most who are listed below a channel. */
const MOST_LISTED = 12;

/** Who is in the call of a channel, below it in the list of channels. */
export function VoicePeople({ channel, state }: { channel: Channel; state: VoiceState }) {
  const speaking = useSpeaking(channel.id);
  const texts = voiceTexts.people;
  const listed = state.people.slice(0, MOST_LISTED);
  const more = state.total - listed.length;
  if (listed.length === 0) return null;
  return (
    <ul className={styles.people} aria-label={texts.in(channel.name)} data-testid="voice-people">
      {listed.map((person) => (
        <li key={person.id} className={styles.person} data-speaking={speaking.has(person.id)}>
          <VoicePersonLine person={person} isSpeaking={speaking.has(person.id)} />
        </li>
      ))}
      {more > 0 && <li className={styles.more}>{texts.more(more)}</li>}
    </ul>
  );
}

export function VoicePersonLine({ person, isSpeaking }: { person: VoicePerson; isSpeaking: boolean }) {
  const texts = voiceTexts.people;
  const said = [
    person.deafened && texts.deafened,
    person.muted ? texts.muted : !person.microphone && texts.microphoneOff,
    person.camera && texts.camera,
    person.screen && texts.screen,
    isSpeaking && texts.speaking,
  ].filter((text) => text !== false);
  return (
    <>
      <span className={styles.avatar}>
        <Avatar identity={person.id} name={person.name} size="tiny" />
      </span>
      <span className={styles.name} dir="auto">
        {person.name}
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

/** Who speaks in the call of this channel, if one is in it oneself: the media server tells that to who is there. */
function useSpeaking(channelId: string): ReadonlySet<string> {
  const phase = useCallPhase();
  const participants = useStore(useCall().session.roster.participants);
  if (phase.name !== 'call' || phase.room !== channelRoom(channelId)) return NOBODY;
  return new Set(participants.filter(({ isSpeaking }) => isSpeaking).map(({ identity }) => identity));
}

const NOBODY: ReadonlySet<string> = new Set();
