import { LoaderCircle, Volume2, WifiOff } from 'lucide-react';
import { useStore } from '../lib/use-store.js';
import { texts } from '../texts/texts.js';
import { Button } from '../ui/button.js';
import type { ConnectionState } from './connection-watch.js';
import { useCall } from './use-call.js';
import styles from './connection-banner.module.css';

/** Says when the connection is being repaired, and when the browser waits for a click to play sound. */
export function ConnectionBanner() {
  const { session } = useCall();
  const connection = useStore(session.connection.state);
  const { canPlaySound } = useStore(session.playback);
  const problem = describe(connection);
  return (
    <div className={styles.place} role="status" data-testid="connection">
      {problem !== undefined && (
        <p className={styles.banner}>
          {connection.status === 'offline' ? (
            <WifiOff size={18} />
          ) : (
            <LoaderCircle size={18} className={styles.spinner} />
          )}
          <span>
            <strong>{problem.title}</strong> {problem.detail}
          </span>
        </p>
      )}
      {problem === undefined && !canPlaySound && (
        <div className={styles.banner}>
          <Volume2 size={18} />
          <span>{texts.connection.heldBack}</span>
          <Button look="primary" onClick={() => session.playSound()} data-testid="play-sound">
            {texts.connection.playSound}
          </Button>
        </div>
      )}
    </div>
  );
}

function describe({ status, mediaFlows }: ConnectionState): { title: string; detail: string } | undefined {
  const { connection } = texts;
  const detail = mediaFlows ? connection.mediaFlows : connection.mediaStopped;
  if (status === 'offline') return { title: connection.offline, detail: connection.offlineDetail };
  if (status === 'reconnecting') return { title: connection.reconnecting, detail };
  return mediaFlows ? undefined : { title: connection.silent, detail };
}
