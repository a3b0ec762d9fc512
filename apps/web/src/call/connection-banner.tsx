import { LoaderCircle, Volume2 } from 'lucide-react';
import { Button } from '../ui/button.js';
import styles from './connection-banner.module.css';

export interface ConnectionBannerProps {
  reconnecting: boolean;
  canPlaySound: boolean;
  onPlaySound: () => void;
}

/** Says when the connection is being repaired, and when the browser waits for a click to play sound. */
export function ConnectionBanner({ reconnecting, canPlaySound, onPlaySound }: ConnectionBannerProps) {
  return (
    <div className={styles.place} role="status" data-testid="connection">
      {reconnecting && (
        <p className={styles.banner}>
          <LoaderCircle size={18} className={styles.spinner} />
          <span>
            <strong>Reconnecting…</strong> Others may not hear you for a moment.
          </span>
        </p>
      )}
      {!reconnecting && !canPlaySound && (
        <div className={styles.banner}>
          <Volume2 size={18} />
          <span>Your browser is holding back the sound.</span>
          <Button look="primary" onClick={onPlaySound} data-testid="play-sound">
            Hear everybody
          </Button>
        </div>
      )}
    </div>
  );
}
