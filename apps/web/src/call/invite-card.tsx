import { Check, Copy } from 'lucide-react';
import { Button } from '../ui/button.js';
import type { Invite } from './use-invite.js';
import styles from './invite-card.module.css';

/** Shown to whoever is alone in a room: how others get here. */
export function InviteCard({ invite }: { invite: Invite }) {
  return (
    <aside className={styles.card} aria-label="Invite others" data-testid="invite-card">
      <h2 className={styles.title}>You are the first one here</h2>
      <p className={styles.text}>Send this link to whoever should join you.</p>
      <div className={styles.row}>
        <input
          className={styles.link}
          readOnly
          value={invite.link}
          aria-label="Invitation link"
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button look="primary" onClick={invite.copy}>
          {invite.copied ? <Check size={17} /> : <Copy size={17} />}
          {invite.copied ? 'Copied' : 'Copy'}
        </Button>
      </div>
    </aside>
  );
}
