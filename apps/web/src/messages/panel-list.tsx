import type { UseQueryResult } from '@tanstack/react-query';
import { Children, type ReactNode } from 'react';
import { texts } from '../texts/texts.js';
import { Button } from '../ui/button.js';
import { problemText } from '../workspace/problem-text.js';
import styles from './panel-list.module.css';

export interface PanelListProps {
  query: Pick<UseQueryResult, 'data' | 'error' | 'refetch'>;
  icon: ReactNode;
  /** What is said where nothing is in it, and how something gets there. */
  none: string;
  hint: string;
  /** Items of the list. */
  children: ReactNode;
}

/** A list in a panel: what is in it, that nothing is, or why it is not known. */
export function PanelList({ query: { data, error, refetch }, icon, none, hint, children }: PanelListProps) {
  if (data === undefined && error === null) return null;
  if (data === undefined) {
    return (
      <div className={styles.note} role="alert">
        <p>{problemText(error)}</p>
        <Button onClick={() => void refetch()}>{texts.app.tryAgain}</Button>
      </div>
    );
  }
  if (Children.count(children) === 0) {
    return (
      <div className={styles.note}>
        {icon}
        <strong>{none}</strong>
        <p>{hint}</p>
      </div>
    );
  }
  return <ul className={styles.list}>{children}</ul>;
}
