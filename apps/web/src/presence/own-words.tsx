import type { OwnAccount } from '@parley/contract';
import { useQuery } from '@tanstack/react-query';
import { presenceTexts } from '../texts/presence/presence-texts.js';
import { profileQuery } from './presence-queries.js';
import { StatusEmoji } from './status-emoji.js';
import { useOwnName } from './use-own-name.js';
import styles from '../workspace/user-panel.module.css';

/** What others see of oneself: name and status, or what one wants them to see. */
export function OwnWords({ me }: { me: OwnAccount }) {
  const name = useOwnName(me);
  const { data: profile } = useQuery(profileQuery);
  const below =
    profile?.status?.text ??
    (profile === undefined ? undefined : presenceTexts.availability[profile.availability]);
  return (
    <span className={styles.words}>
      <span className={styles.name}>
        <bdi>{name}</bdi>
        <StatusEmoji status={profile?.status ?? null} />
      </span>
      {below !== undefined && (
        <span className={styles.below}>
          <bdi>{below}</bdi>
        </span>
      )}
    </span>
  );
}
