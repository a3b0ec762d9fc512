import type { ReactNode } from 'react';
import styles from './place-note.module.css';

export interface PlaceNoteProps {
  icon: ReactNode;
  title: string;
  detail: string;
  children?: ReactNode;
}

/** In place of what would stand in the main part of the workspace. */
export function PlaceNote({ icon, title, detail, children }: PlaceNoteProps) {
  return (
    <div className={styles.note}>
      <span className={styles.picture}>{icon}</span>
      <h1 className={styles.title}>{title}</h1>
      <p className={styles.detail}>{detail}</p>
      {children !== undefined && <div className={styles.actions}>{children}</div>}
    </div>
  );
}
