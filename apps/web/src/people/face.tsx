import { useQuery } from '@tanstack/react-query';
import { PresenceDot } from '../presence/presence-dot.js';
import { presenceQuery } from '../presence/presence-queries.js';
import { Avatar } from '../ui/avatar.js';
import styles from './face.module.css';

export interface FaceProps {
  id: string;
  name: string;
}

/** Somebody's picture, and whether they are there. */
export function Face({ id, name }: FaceProps) {
  const { data: presence } = useQuery(presenceQuery(id));
  return (
    <span className={styles.face}>
      <Avatar identity={id} name={name} />
      {presence !== undefined && (
        <span className={styles.dot}>
          <PresenceDot presence={presence} />
        </span>
      )}
    </span>
  );
}
