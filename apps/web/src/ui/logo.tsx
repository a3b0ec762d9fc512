import { texts } from '../texts/texts.js';
import styles from './logo.module.css';

/** The mark and the name. */
export function Logo() {
  return (
    <span className={styles.logo}>
      <svg viewBox="0 0 32 32" width="30" height="30" aria-hidden="true">
        <rect width="32" height="32" rx="9" fill="#0b6b53" />
        <path
          d="M8.5 9.5a3 3 0 0 1 3-3h9a3 3 0 0 1 3 3v5a3 3 0 0 1-3 3h-5.2l-4 3.4c-.5.4-1.3.1-1.3-.6v-2.9a3 3 0 0 1-1.5-2.6z"
          fill="#eafff6"
        />
        <path
          d="M14 20.6h4.6l3.4 3c.5.4 1.3.1 1.3-.6v-3a3 3 0 0 0 1.7-2.7v-4.6"
          fill="none"
          stroke="#5ee6b5"
          strokeWidth="2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      {texts.app.name}
    </span>
  );
}
