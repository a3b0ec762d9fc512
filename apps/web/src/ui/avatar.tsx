import { colourOf, initials } from '../lib/avatar.js';
import styles from './avatar.module.css';

export interface AvatarProps {
  identity: string;
  name: string;
  size?: 'tiny' | 'small' | 'fluid';
}

/** A coloured circle with initials. Decoration: the name stands beside it in words. */
export function Avatar({ identity, name, size = 'small' }: AvatarProps) {
  return (
    <span
      className={styles.avatar}
      data-size={size}
      style={{ '--hue': colourOf({ identity, name }) }}
      aria-hidden="true"
    >
      {initials(name)}
    </span>
  );
}
