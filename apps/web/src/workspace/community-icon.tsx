import { colourOf, initials } from '../lib/avatar.js';
import styles from './community-icon.module.css';

export interface CommunityIconProps {
  id: string;
  name: string;
  size?: 'medium' | 'large';
}

/** A community's initials on its colour. Decoration: the name stands beside it in words. */
export function CommunityIcon({ id, name, size = 'medium' }: CommunityIconProps) {
  return (
    <span
      className={styles.icon}
      data-size={size}
      style={{ '--hue': colourOf({ identity: id, name }) }}
      aria-hidden="true"
    >
      {initials(name)}
    </span>
  );
}
