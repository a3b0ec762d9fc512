import type { FlyingReaction } from './reaction.js';
import styles from './reactions-overlay.module.css';

/** Reactions rising over the stage. Screen readers hear them from the announcements instead. */
export function ReactionsOverlay({ flying }: { flying: readonly FlyingReaction[] }) {
  return (
    <div className={styles.overlay} aria-hidden="true" data-testid="reactions">
      {flying.map((reaction) => (
        <div key={reaction.id} className={styles.reaction} style={{ '--lane': reaction.lane }}>
          <span className={styles.emoji}>{reaction.emoji}</span>
          <span className={styles.name} dir="auto">
            {reaction.name}
          </span>
        </div>
      ))}
    </div>
  );
}
