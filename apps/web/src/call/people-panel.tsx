import { Check, Hand, Link, Mic, MicOff, MonitorUp, Video, VideoOff } from 'lucide-react';
import { Avatar } from '../ui/avatar.js';
import { Button } from '../ui/button.js';
import { raisedHands, type ParticipantView } from './participants.js';
import type { Invite } from './use-invite.js';
import styles from './people-panel.module.css';

export interface PeoplePanelProps {
  participants: readonly ParticipantView[];
  invite: Invite;
}

/** Who is in the call, and whose hand is up, in the order in which they went up. */
export function PeoplePanel({ participants, invite }: PeoplePanelProps) {
  const hands = raisedHands(participants);
  return (
    <div className={styles.people}>
      <div className={styles.scroll} tabIndex={0} role="group" aria-label="People in this call">
        {hands.length > 0 && (
          <section aria-label="Raised hands">
            <h3 className={styles.heading}>Raised hands</h3>
            <ol>
              {hands.map((participant) => (
                <Person key={participant.identity} participant={participant} />
              ))}
            </ol>
          </section>
        )}
        <section aria-label="In the call">
          <h3 className={styles.heading}>In the call</h3>
          <ul>
            {participants.map((participant) => (
              <Person key={participant.identity} participant={participant} />
            ))}
          </ul>
        </section>
      </div>
      <Button className={styles.invite} onClick={invite.copy} data-autofocus>
        {invite.copied ? <Check size={17} /> : <Link size={17} />}
        {invite.copied ? 'Link copied' : 'Copy invitation link'}
      </Button>
    </div>
  );
}

function Person({ participant }: { participant: ParticipantView }) {
  const { identity, name, isLocal, isMicrophoneOn, camera, isSharing, handRaisedAt, isSpeaking } =
    participant;
  return (
    <li className={styles.person} data-identity={identity} data-speaking={isSpeaking}>
      <Avatar identity={identity} name={name} />
      <span className={styles.name}>
        {name}
        {isLocal && <span className={styles.you}> (you)</span>}
      </span>
      <span className={styles.states}>
        {handRaisedAt !== undefined && (
          <Hand size={17} className={styles.hand} aria-label="Hand raised" role="img" />
        )}
        {isSharing && <MonitorUp size={17} aria-label="Sharing a screen" role="img" />}
        {camera === undefined ? (
          <VideoOff size={17} aria-label="Camera off" role="img" />
        ) : (
          <Video size={17} aria-label="Camera on" role="img" />
        )}
        {isMicrophoneOn ? (
          <Mic size={17} aria-label="Microphone on" role="img" />
        ) : (
          <MicOff size={17} aria-label="Microphone off" role="img" />
        )}
      </span>
    </li>
  );
}
