import { LoaderCircle } from 'lucide-react';
import { texts } from '../texts/texts.js';
import styles from './splash.module.css';

/** While it is not known yet what to show. It comes up late: what is there at once does not flicker. */
export function Splash() {
  return (
    <main className={styles.splash} aria-busy="true" aria-label={texts.app.loading}>
      <LoaderCircle size={28} className={styles.spinner} />
    </main>
  );
}
