import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { findingTexts } from '../texts/finding/finding-texts.js';
import { fuzzyMatch } from './fuzzy.js';
import type { SearchTerm } from './search-term.js';
import { startQuery } from './start-query.js';
import { useMemberPlaces } from './use-member-places.js';

export interface Completion {
  /** What is written into the query. */
  value: string;
  name: string;
  detail: string;
}

const HAS_LINK = 'has:link';
const MOST = 6;
const MOST_PEOPLE = 50;
const DAY_MS = 86_400_000;
const DAYS_AGO = [0, 1, 7, 30] as const;

/** How the part of a query that is being typed may go on. */
export function useCompletions(term: SearchTerm | undefined, pathname: string): Completion[] {
  const { data: start } = useQuery(startQuery);
  const isFrom = term?.key === 'from';
  const members = useMemberPlaces(isFrom ? term.value : '', pathname, isFrom);
  const [now] = useState(() => Date.now());
  return useMemo(() => {
    if (term === undefined || start === undefined) return [];
    const texts = findingTexts.search;
    switch (term.key) {
      case 'from': {
        const people = [
          ...start.conversations.flatMap((conversation) => conversation.members),
          ...start.relations.friends,
        ].filter(({ id }) => id !== start.me.id);
        const me = { value: 'me', name: texts.me, detail: start.me.user_name };
        const others = [
          ...people.map(({ user_name, display_name }) => [user_name, display_name ?? user_name] as const),
          ...members.map(({ name, detail }) => [detail, name] as const),
        ];
        const unique = [...new Map(others)];
        return fitting(
          term,
          [me, ...unique.map(([value, name]) => ({ value, name, detail: name === value ? '' : value }))],
          MOST_PEOPLE,
        );
      }
      case 'in': {
        const channels = start.communities.flatMap((community) =>
          community.channels
            .filter(({ kind }) => kind !== 'category')
            .map(({ name }) => ({ value: name, name: `#${name}`, detail: community.name })),
        );
        return fitting(term, channels);
      }
      case 'has':
        return fitting(term, [{ value: 'link', name: texts.hasLink, detail: HAS_LINK }]);
      default:
        return fitting(
          term,
          DAYS_AGO.map((days) => {
            const value = new Date(now - days * DAY_MS).toISOString().slice(0, 10);
            return { value, name: texts.daysAgo(days), detail: value };
          }),
        );
    }
  }, [term, start, members, now]);
}

/** What is written out already needs no list. */
function fitting({ value }: SearchTerm, all: readonly Completion[], most = MOST): Completion[] {
  if (all.some((one) => one.value === value)) return [];
  return all
    .flatMap((one) => {
      const match = fuzzyMatch(value, `${one.name} ${one.value}`);
      return match === undefined ? [] : [{ one, score: match.score }];
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ one }) => one);
}
