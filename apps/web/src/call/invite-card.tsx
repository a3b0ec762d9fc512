import { Check, Copy } from 'lucide-react';
import { texts } from '../texts/texts.js';
import { Button } from '../ui/button.js';
import type { CallPlace } from './call-place.js';
import { useInvite } from './use-invite.js';
import styles from './invite-card.module.css';

/** Shown to whoever is alone in a call: how others get here. */
export function InviteCard({ place }: { place: CallPlace }) {
  const invite = useInvite(place);
  return (
    <aside className={styles.card} aria-label={texts.invite.label} data-testid="invite-card">
      <h2 className={styles.title}>{texts.invite.title}</h2>
      <p className={styles.text}>{texts.invite.detail}</p>
      <div className={styles.row}>
        <input
          className={styles.link}
          readOnly
          value={invite.link}
          aria-label={texts.invite.link}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button look="primary" onClick={invite.copy}>
          {invite.copied ? <Check size={17} /> : <Copy size={17} />}
          {invite.copied ? texts.invite.copied : texts.invite.copy}
        </Button>
      </div>
    </aside>
  );
}
