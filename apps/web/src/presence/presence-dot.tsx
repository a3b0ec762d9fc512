import type { Presence } from '@parley/contract';
import { VisuallyHidden } from 'radix-ui';
import { presenceTexts } from '../texts/presence/presence-texts.js';
import styles from './presence-dot.module.css';

/** Whether somebody is there: by colour and shape, and in words for who hears the page. */
export function PresenceDot({ presence }: { presence: Presence }) {
  return (
    <span className={styles.dot} data-presence={presence}>
      <VisuallyHidden.Root>{presenceTexts.presence[presence]}</VisuallyHidden.Root>
    </span>
  );
}
