import { wordsOf } from '@parley/contract';

/** What somebody looks for, and where. */
export interface SearchQuery {
  /** All of them have to be there; the words of one stand next to each other. */
  phrases: Phrase[];
  /** Names, or ids as in mentions, of people; one of them wrote it. */
  from: string[];
  /** Names, or ids as in mentions, of channels; it stands in one of them. */
  in: string[];
  hasLink: boolean;
  /** Milliseconds since 1970: written at this time or later. */
  after: number | undefined;
  /** Milliseconds since 1970: written before. */
  before: number | undefined;
}

export interface Phrase {
  words: string[];
  /** Whether the last word may go on: it is being typed. */
  open: boolean;
}

export interface QueryMistake {
  /** A sentence to show. */
  mistake: string;
}

const DAY = 86_400_000;
const MOST_PHRASES = 20;
const TERM = /(?:(from|in|has|before|after):)?(?:"([^"]*)"?|(\S+))/giu;

/**
 * Understands what is typed into a search field: words, "words next to each other", `from:` and `in:` with names or
 * mentions, `has:link`, `before:` and `after:` with a day (UTC), neither of which is among what is found.
 */
export function parseSearch(text: string): SearchQuery | QueryMistake {
  const query: SearchQuery = {
    phrases: [],
    from: [],
    in: [],
    hasLink: false,
    after: undefined,
    before: undefined,
  };
  for (const [, key, quoted, bare = ''] of text.matchAll(TERM)) {
    const value = quoted ?? bare;
    switch (key?.toLowerCase()) {
      case undefined:
        addPhrase(query, value, quoted === undefined && text.endsWith(value));
        break;
      case 'from':
        query.from.push(idOrName(value, '@'));
        break;
      case 'in':
        query.in.push(idOrName(value, '#'));
        break;
      case 'has':
        if (value.toLowerCase() !== 'link') return { mistake: '"has:" can be "has:link".' };
        query.hasLink = true;
        break;
      default: {
        const day = dayOf(value);
        if (day === undefined) return { mistake: `"${key ?? ''}:" takes a day such as 2026-01-31.` };
        if (key?.toLowerCase() === 'before') query.before = day;
        else query.after = day + DAY;
      }
    }
  }
  if (query.phrases.length > MOST_PHRASES) return { mistake: `Look for at most ${MOST_PHRASES} words.` };
  return query;
}

function addPhrase({ phrases }: SearchQuery, text: string, open: boolean): void {
  const words = wordsOf(text).map(({ word }) => word);
  if (words.length > 0) phrases.push({ words, open });
}

/** The id of `<@id>` or `<#id>`, or a name without its sign. */
function idOrName(value: string, sign: '@' | '#'): string {
  const [, id] = /^<[@#]([0-9a-f-]{36})>$/.exec(value) ?? [];
  return id ?? (value.startsWith(sign) ? value.slice(1) : value);
}

function dayOf(value: string): number | undefined {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
