import { Mic, MicOff, PhoneOff, Undo2 } from 'lucide-react';
import { useStore } from '../lib/use-store.js';
import { texts } from '../texts/texts.js';
import { IconButton } from '../ui/icon-button.js';
import type { CallPlace } from './call-place.js';
import { useCall } from './use-call.js';
import { WayBack } from './way-back.js';
import styles from './call-bar.module.css';

/** The call that goes on while another page is open: what one needs at once, and the way back. */
export function CallBar({ place }: { place: CallPlace }) {
  const { session } = useCall();
  const { microphone } = useStore(session.media.state);
  const people = useStore(session.roster.participants).length;
  return (
    <aside className={styles.bar} aria-label={texts.call.ongoing} data-testid="call-bar">
      <WayBack place={place} className={styles.back}>
        <Undo2 size={18} aria-hidden="true" />
        <span className={styles.text}>
          <strong>{texts.call.inCall(place.title)}</strong>
          <span>{texts.people.count(people)}</span>
        </span>
        <span className={styles.hint}>{texts.call.backToCall}</span>
      </WayBack>
      <IconButton
        label={texts.media.microphone}
        hint={microphone.wanted ? texts.media.turnOff.microphone : texts.media.turnOn.microphone}
        look={microphone.wanted ? 'control' : 'off'}
        aria-pressed={microphone.wanted}
        icon={microphone.wanted ? <Mic size={19} /> : <MicOff size={19} />}
        onClick={() => session.media.toggle('microphone')}
      />
      <IconButton
        label={texts.call.leave}
        look="danger"
        icon={<PhoneOff size={19} />}
        onClick={() => session.leave()}
        data-testid="leave-button"
      />
    </aside>
  );
}
