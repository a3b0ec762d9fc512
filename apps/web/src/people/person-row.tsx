import type { Person } from '@parley/contract';
import type { ReactNode } from 'react';
import { Face } from './face.js';
import styles from './friends-page.module.css';
import { PersonButton } from './person-button.js';
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
      <Face id={person.id} name={shownName(person)} />
      <span className={styles.words}>
        <PersonButton id={person.id} name={shownName(person)} className={styles.name}>
          <bdi>{shownName(person)}</bdi>
        </PersonButton>
        <span className={styles.below}>
          <bdi>{status === '' ? person.user_name : status}</bdi>
        </span>
      </span>
      <span className={styles.actions}>{children}</span>
    </li>
  );
}
