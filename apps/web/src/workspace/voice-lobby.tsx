import type { Channel, VoicePerson, VoiceState } from '@parley/contract';
import { LoaderCircle, LogIn, Mic, MicOff, MonitorUp, TriangleAlert, Video, Volume2 } from 'lucide-react';
import type { CallEnd } from '../call/call-end.js';
import { texts as shared } from '../texts/texts.js';
import { voiceTexts } from '../texts/voice/voice-texts.js';
import { Avatar } from '../ui/avatar.js';
import { Button } from '../ui/button.js';
import { IconButton } from '../ui/icon-button.js';
import page from '../ui/message-page.module.css';
import { usePreferences } from '../ui/use-preferences.js';
import { sayings } from './voice-sayings.js';
import styles from './voice-lobby.module.css';

export interface VoiceLobbyProps {
  channel: Channel;
  /** Who is in the call; undefined for nobody. */
  people: VoiceState | undefined;
  /** Why one is not in it any more. */
  end: CallEnd | undefined;
  /** Why one could not come in. */
  problem: string | undefined;
  isJoining: boolean;
  onJoin: () => void;
}

/** Most who are shown before one joins. */
const MOST_SHOWN = 12;

/** Before the call of a voice channel: who is in it, and the way in. */
export function VoiceLobby({ channel, people, end, problem, isJoining, onJoin }: VoiceLobbyProps) {
  const texts = voiceTexts.lobby;
  const mayJoin = channel.permissions.includes('join_voice');
  const isTrouble = problem !== undefined || end?.tone === 'problem';
  const isEmpty = people === undefined || people.total === 0;
  const note = problem ?? end?.detail;
  return (
    <div className={styles.lobby}>
      {note !== undefined && (
        <p className={styles.note} data-trouble={isTrouble} role="status">
          {isTrouble && <TriangleAlert size={18} />}
          <span>
            {end !== undefined && problem === undefined && <strong>{end.title}. </strong>}
            {note}
          </span>
        </p>
      )}
      {isEmpty ? (
        <>
          <span className={styles.picture}>
            <Volume2 size={28} />
          </span>
          <h2 className={styles.title}>{texts.nobody}</h2>
          {mayJoin && <p className={styles.detail}>{texts.nobodyDetail}</p>}
        </>
      ) : (
        <section className={styles.here} aria-label={texts.here}>
          <h2 className={styles.title}>{texts.here}</h2>
          <ul className={styles.people} data-testid="voice-lobby-people">
            {people.people.slice(0, MOST_SHOWN).map((person) => (
              <Person key={person.id} person={person} />
            ))}
            {people.total > MOST_SHOWN && (
              <li className={styles.more}>{voiceTexts.people.more(people.total - MOST_SHOWN)}</li>
            )}
          </ul>
        </section>
      )}
      {mayJoin ? (
        <JoinRow isJoining={isJoining} onJoin={onJoin} maySpeak={channel.permissions.includes('speak')} />
      ) : (
        <p className={styles.detail}>{texts.mayNotJoin}</p>
      )}
    </div>
  );
}

function Person({ person }: { person: VoicePerson }) {
  const said = sayings(person);
  return (
    <li className={styles.person} aria-label={[person.name, ...said].join(', ')}>
      <Avatar identity={person.id} name={person.name} />
      <span className={styles.name}>
        <bdi>{person.name}</bdi>
      </span>
      <span className={styles.icons} aria-hidden="true">
        {person.screen && <MonitorUp size={15} />}
        {person.camera && <Video size={15} />}
        {(person.muted || !person.microphone) && <MicOff size={15} />}
      </span>
    </li>
  );
}

interface JoinRowProps extends Pick<VoiceLobbyProps, 'isJoining' | 'onJoin'> {
  maySpeak: boolean;
}

/** The way in, and whether the others hear one at once. */
function JoinRow({ isJoining, onJoin, maySpeak }: JoinRowProps) {
  const texts = voiceTexts.lobby;
  const { preferences, update } = usePreferences();
  const { microphoneOn } = preferences;
  const withSound = microphoneOn ? texts.withMicrophone : texts.withoutMicrophone;
  return (
    <>
      <div className={styles.row}>
        {maySpeak && (
          <IconButton
            size="large"
            label={shared.media.microphone}
            hint={microphoneOn ? shared.media.turnOff.microphone : shared.media.turnOn.microphone}
            look={microphoneOn ? 'control' : 'off'}
            aria-pressed={microphoneOn}
            icon={microphoneOn ? <Mic size={20} /> : <MicOff size={20} />}
            onClick={() => update({ microphoneOn: !microphoneOn })}
          />
        )}
        <Button look="primary" size="large" disabled={isJoining} onClick={onJoin}>
          {isJoining ? (
            <LoaderCircle size={19} className={page.busy} />
          ) : (
            <LogIn size={19} data-points-inline />
          )}
          {isJoining ? texts.joining : texts.join}
        </Button>
      </div>
      <p className={styles.hint}>{maySpeak ? withSound : texts.mayNotSpeak}</p>
    </>
  );
}
