import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { findingTexts } from '../texts/finding/finding-texts.js';
import { texts as pageTexts } from '../texts/texts.js';
import { Button } from '../ui/button.js';
import { Segments } from '../ui/segments.js';
import type { PanelProps } from '../workspace/panel-props.js';
import { problemText } from '../workspace/problem-text.js';
import { isProblem } from '../api/problem-error.js';
import { placesIn } from './places.js';
import { SearchField } from './search-field.js';
import { SearchHit } from './search-hit.js';
import { searchResults, type SearchSort } from './search-query.js';
import { isUnfinished } from './search-term.js';
import { startQuery } from './start-query.js';
import styles from './search-panel.module.css';

const TYPING_MS = 300;

/** Messages that were found in all that one may read. What is looked for stands in the address. */
export function SearchPanel({ isCovering, search }: PanelProps) {
  const [typed, setTyped] = useState(search.q ?? '');
  const [sort, setSort] = useState<SearchSort>('relevance');
  const q = (search.q ?? '').trim();
  const results = useInfiniteQuery(searchResults(q, sort));
  const { data: start } = useQuery(startQuery);
  const places = useMemo(
    () => new Map((start === undefined ? [] : placesIn(start)).map((place) => [place.id, place])),
    [start],
  );
  const navigate = useNavigate();
  const pathname = useLocation({ select: (location) => location.pathname });
  const texts = findingTexts.search;

  useEffect(() => {
    // What was found stays until there is something new to look for.
    if (typed === (search.q ?? '') || isUnfinished(typed)) return;
    const timer = setTimeout(() => {
      void navigate({ to: '.', search: { ...search, q: typed === '' ? undefined : typed }, replace: true });
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, search, navigate]);

  const { data, error, isFetching, hasNextPage, isFetchingNextPage } = results;
  const hits = data?.pages.flatMap((page) => page.hits) ?? [];
  return (
    <div className={styles.panel}>
      <SearchField value={typed} pathname={pathname} onChange={setTyped} />
      {q !== '' && (
        <div className={styles.sort}>
          <p role="status">{isFetching || error !== null ? '' : texts.results(hits.length, hasNextPage)}</p>
          <Segments
            label={texts.sort}
            value={sort}
            options={[
              { value: 'relevance', label: texts.relevance },
              { value: 'newest', label: texts.newest },
            ]}
            onChange={setSort}
          />
        </div>
      )}
      {error !== null && (
        <div className={styles.note} role="alert">
          <p>{isProblem(error, 'invalid') ? texts.mistake : problemText(error)}</p>
        </div>
      )}
      {error === null && q === '' && <Hint title={texts.title} detail={texts.hint} />}
      {error === null && q !== '' && data !== undefined && hits.length === 0 && (
        <Hint title={texts.nothing} detail={texts.nothingHint} />
      )}
      {hits.length > 0 && (
        <ul className={styles.hits} aria-busy={isFetching}>
          {hits.map((hit) => (
            <SearchHit
              key={hit.message.id}
              hit={hit}
              place={places.get(hit.message.channel_id)}
              search={isCovering ? {} : { panel: 'search', q }}
            />
          ))}
          {hasNextPage && (
            <li className={styles.more}>
              <Button disabled={isFetchingNextPage} onClick={() => void results.fetchNextPage()}>
                {isFetchingNextPage ? pageTexts.app.loading : texts.more}
              </Button>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

function Hint({ title, detail }: { title: string; detail: string }) {
  return (
    <div className={styles.note}>
      <Search size={26} aria-hidden="true" />
      <strong>{title}</strong>
      <p>{detail}</p>
    </div>
  );
}
