import { LoaderCircle } from 'lucide-react';
import styles from './ended.module.css';

/** Shown after a reload, while the way back into the call is opened. */
export function Rejoining({ room }: { room: string }) {
  return (
    <main className={styles.page}>
      <LoaderCircle size={32} className={styles.spinner} />
      <h1 className={styles.title}>Coming back to {room}…</h1>
    </main>
  );
}
