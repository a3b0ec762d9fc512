import { Check, Hand, HeadphoneOff, Link, Mic, MicOff, MonitorUp, Video, VideoOff } from 'lucide-react';
import { useStore } from '../lib/use-store.js';
import { texts } from '../texts/texts.js';
import { Avatar } from '../ui/avatar.js';
import { Button } from '../ui/button.js';
import { isOfConversation, type CallPlace } from './call-place.js';
import { PersonMenu } from './person-menu.js';
import { raisedHands, type ParticipantView } from './participants.js';
import { useCall } from './use-call.js';
import { useInvite } from './use-invite.js';
import styles from './people-panel.module.css';

/** Who is in the call, and whose hand is up, in the order in which they went up. */
export function PeoplePanel({ place }: { place: CallPlace }) {
  const participants = useStore(useCall().session.roster.participants);
  const invite = useInvite(place);
  const hands = raisedHands(participants);
  return (
    <div className={styles.people}>
      <div className={styles.scroll} tabIndex={0} role="group" aria-label={texts.people.inThisCall}>
        {hands.length > 0 && (
          <section aria-label={texts.people.raisedHands}>
            <h3 className={styles.heading}>{texts.people.raisedHands}</h3>
            <ol>
              {hands.map((participant) => (
                <Person key={participant.identity} participant={participant} place={place} />
              ))}
            </ol>
          </section>
        )}
        <section aria-label={texts.people.inTheCall}>
          <h3 className={styles.heading}>{texts.people.inTheCall}</h3>
          <ul>
            {participants.map((participant) => (
              <Person key={participant.identity} participant={participant} place={place} />
            ))}
          </ul>
        </section>
      </div>
      {!isOfConversation(place) && (
        <Button className={styles.invite} onClick={invite.copy} data-autofocus>
          {invite.copied ? <Check size={17} /> : <Link size={17} />}
          {invite.copied ? texts.invite.linkCopied : texts.invite.copyInvitation}
        </Button>
      )}
    </div>
  );
}

function Person({ participant, place }: { participant: ParticipantView; place: CallPlace }) {
  const { identity, name, isLocal, isMicrophoneOn, isDeafened, camera, isSharing, handRaisedAt, isSpeaking } =
    participant;
  return (
    <li className={styles.person} data-identity={identity} data-speaking={isSpeaking}>
      <Avatar identity={identity} name={name} />
      <span className={styles.name}>
        <bdi>{name}</bdi>
        {isLocal && <span className={styles.you}>{texts.people.youAfterName}</span>}
      </span>
      <span className={styles.states}>
        {handRaisedAt !== undefined && (
          <Hand size={17} className={styles.hand} aria-label={texts.people.handRaised} role="img" />
        )}
        {isSharing && <MonitorUp size={17} aria-label={texts.people.sharingScreen} role="img" />}
        {camera === undefined ? (
          <VideoOff size={17} aria-label={texts.people.cameraOff} role="img" />
        ) : (
          <Video size={17} aria-label={texts.people.cameraOn} role="img" />
        )}
        {isDeafened && <HeadphoneOff size={17} aria-label={texts.people.deafened} role="img" />}
        {isMicrophoneOn ? (
          <Mic size={17} aria-label={texts.people.microphoneOn} role="img" />
        ) : (
          <MicOff size={17} aria-label={texts.people.microphoneOff} role="img" />
        )}
      </span>
      <PersonMenu participant={participant} place={place} />
    </li>
  );
}
