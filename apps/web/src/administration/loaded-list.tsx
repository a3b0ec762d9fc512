import { texts } from '../texts/texts.js';
import { administrationTexts } from '../texts/administration/administration-texts.js';
import { Button } from '../ui/button.js';
import { Splash } from '../ui/splash.js';
import { problemText } from '../workspace/problem-text.js';
import type { ReactNode } from 'react';
import dialog from './dialog-form.module.css';
import styles from './settings.module.css';

interface Loading {
  isPending: boolean;
  error: unknown;
  refetch: () => unknown;
  hasNextPage?: boolean;
  isFetchingNextPage?: boolean;
  fetchNextPage?: () => unknown;
}

export interface LoadedListProps<Item> {
  query: Loading;
  items: readonly Item[];
  /** In place of an empty list. */
  empty: string;
  label: string;
  children: (item: Item) => ReactNode;
}

/** Rows that come from the server, in pages where there are many. */
export function LoadedList<Item>({ query, items, empty, label, children }: LoadedListProps<Item>) {
  if (query.error !== null && items.length === 0) {
    return (
      <div className={dialog.form} role="alert">
        <p>{problemText(query.error)}</p>
        <Button onClick={() => void query.refetch()}>{texts.app.tryAgain}</Button>
      </div>
    );
  }
  if (query.isPending) return <Splash />;
  if (items.length === 0) return <p className={styles.empty}>{empty}</p>;
  return (
    <>
      <ul className={styles.list} aria-label={label}>
        {items.map(children)}
      </ul>
      {query.hasNextPage === true && (
        <Button disabled={query.isFetchingNextPage === true} onClick={() => void query.fetchNextPage?.()}>
          {administrationTexts.more}
        </Button>
      )}
    </>
  );
}
