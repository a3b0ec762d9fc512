export const SEARCH_KEYS = ['from', 'in', 'has', 'before', 'after'] as const;

export type SearchKey = (typeof SEARCH_KEYS)[number];

/** A part of a query that is being typed, such as `from:an`. */
export interface SearchTerm {
  key: SearchKey;
  value: string;
  /** Where it stands in the query. */
  start: number;
  end: number;
}

const TERM = /(?:^|\s)((from|in|has|before|after):(?:"[^"]*"?|\S*))/giu;

/** The part with a key in or behind which the cursor stands. */
export function termAt(query: string, cursor: number): SearchTerm | undefined {
  for (const match of query.matchAll(TERM)) {
    const [whole, term = '', name = ''] = match;
    const start = match.index + whole.length - term.length;
    const end = start + term.length;
    const key = SEARCH_KEYS.find((one) => one === name.toLowerCase());
    if (key === undefined || cursor <= start || cursor > end) continue;
    return { key, value: term.slice(name.length + 1).replaceAll('"', ''), start, end };
  }
  return undefined;
}

/** The query with a part completed, and room for what follows. */
export function withValue(query: string, { key, start, end }: SearchTerm, value: string): string {
  const written = /[\s"]/u.test(value) ? `"${value.replaceAll('"', '')}"` : value;
  return `${query.slice(0, start)}${key}:${written} ${query.slice(end).trimStart()}`;
}

/** The query with one more part at its end, to be filled in. */
export function withKey(query: string, key: SearchKey): string {
  return `${query === '' ? '' : `${query.trimEnd()} `}${key}:`;
}

/** Whether a part has a key and nothing behind it yet. */
export function isUnfinished(query: string): boolean {
  return /(?:^|\s)(?:from|in|has|before|after):(?:"?"?)(?=\s|$)/iu.test(query);
}
