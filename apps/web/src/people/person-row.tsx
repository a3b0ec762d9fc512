import type { Person } from '@parley/contract';
import type { ReactNode } from 'react';
import { Avatar } from '../ui/avatar.js';
import styles from './friends-page.module.css';
import { shownName } from './shown-name.js';

export interface PersonRowProps {
  person: Person;
  /** What one can do. */
  children: ReactNode;
}

/** Somebody in a list, with what one can do beside. */
export function PersonRow({ person, children }: PersonRowProps) {
  const status = [person.status?.emoji, person.status?.text].filter(Boolean).join(' ');
  return (
    <li className={styles.person} data-testid="person">
      <Avatar identity={person.id} name={shownName(person)} />
      <span className={styles.words}>
        <span className={styles.name} dir="auto">
          {shownName(person)}
        </span>
        <span className={styles.below} dir="auto">
          {status === '' ? person.user_name : status}
        </span>
      </span>
      <span className={styles.actions}>{children}</span>
    </li>
  );
}
