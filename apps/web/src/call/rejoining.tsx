import { LoaderCircle } from 'lucide-react';
import { texts } from '../texts/texts.js';
import styles from '../ui/message-page.module.css';

/** Shown after a reload, while the way back into the call is opened. */
export function Rejoining({ room }: { room: string }) {
  return (
    <main className={styles.page}>
      <LoaderCircle size={32} className={styles.spinner} />
      <h1 className={styles.title}>{texts.lobby.comingBack(room)}</h1>
    </main>
  );
}
