import { fuzzyMatch } from './fuzzy.js';
import type { News } from '../notifications/news.js';
import type { Place } from './places.js';

/** What can be chosen: a place, or something to do. */
export type Choice = Place | Deed;

/** Something to do wherever one is. */
export interface Deed {
  key: string;
  kind: 'deed';
  name: string;
  detail: string;
  run: () => void;
}

export interface Found<Item extends Choice = Choice> {
  choice: Item;
  /** Characters of the name that were typed. */
  marked: readonly number[];
}

export type GroupName = 'unread' | 'recent' | 'channels' | 'people' | 'communities' | 'deeds';

export interface Group {
  name: GroupName;
  found: Found[];
}

/** What one knows of places besides their names. */
export interface Habits {
  /** How many messages are new, and how many call one, by id of the channel. */
  news: ReadonlyMap<string, News>;
  /** Keys of places, those where one was last first. */
  recent: readonly string[];
  /** Where one is: one is there already. */
  here: string | undefined;
}

const MOST_OF_GROUP = 8;
const NEW = 12;
const CALLED = 20;
const RECENT = 15;

/** What is offered before anything is typed: what is new, where one was lately, and what can be done. */
export function suggest(choices: readonly Choice[], { news, recent, here }: Habits): Group[] {
  const places = choices.filter((choice) => choice.kind !== 'deed');
  const unread = places
    .filter((place) => place.key !== here && newsOf(place, news)?.isNew === true)
    .sort((a, b) => (newsOf(b, news)?.badge ?? 0) - (newsOf(a, news)?.badge ?? 0));
  const shown = new Set(unread.slice(0, MOST_OF_GROUP));
  const lately = recent
    .filter((key) => key !== here)
    .flatMap((key) => places.find((place) => place.key === key && !shown.has(place)) ?? []);
  const rest = lately.length > 0 ? lately : places.filter((place) => !shown.has(place) && place.key !== here);
  return groups([
    ['unread', unread],
    ['recent', rest],
    ['deeds', choices.filter(({ kind }) => kind === 'deed')],
  ]);
}

function groups(given: readonly [GroupName, readonly Choice[]][]): Group[] {
  return given
    .map(([name, choices]) => ({
      name,
      found: choices.slice(0, MOST_OF_GROUP).map((choice) => ({ choice, marked: [] })),
    }))
    .filter(({ found }) => found.length > 0);
}

/**
 * What fits the words that are typed, the best of each group first, and the group with the best first of all. `#` at the
 * beginning looks for channels alone, `@` for people.
 */
export function find(query: string, choices: readonly Choice[], habits: Habits): Group[] {
  const sign = query.charAt(0);
  const only = sign === '#' ? 'channels' : sign === '@' ? 'people' : undefined;
  const words = only === undefined ? query : query.slice(1);
  const ranked = choices
    .filter((choice) => only === undefined || groupOf(choice) === only)
    .flatMap((choice) => {
      const match = matchOf(words, choice);
      return match === undefined ? [] : [{ ...match, choice, rank: match.score + bonus(choice, habits) }];
    })
    .sort((a, b) => b.rank - a.rank);
  const byGroup = new Map<GroupName, Found[]>();
  for (const { choice, marked } of ranked) {
    const name = groupOf(choice);
    const found = byGroup.get(name) ?? [];
    if (found.length < MOST_OF_GROUP) found.push({ choice, marked });
    byGroup.set(name, found);
  }
  return Array.from(byGroup, ([name, found]) => ({ name, found }));
}

/** The name counts; what stands beside it finds as well, and counts less. */
function matchOf(
  words: string,
  { name, detail }: Choice,
): { score: number; marked: readonly number[] } | undefined {
  const inName = fuzzyMatch(words, name);
  if (inName !== undefined) return inName;
  const beside = detail === '' ? undefined : fuzzyMatch(words, `${name} ${detail}`);
  if (beside === undefined) return undefined;
  const length = Array.from(name).length;
  return { score: beside.score / 2, marked: beside.marked.filter((place) => place < length) };
}

function bonus(choice: Choice, { news, recent, here }: Habits): number {
  if (choice.kind === 'deed') return 0;
  const fresh = newsOf(choice, news);
  const at = recent.indexOf(choice.key);
  return (
    (fresh?.isNew === true ? NEW : 0) +
    ((fresh?.badge ?? 0) > 0 ? CALLED : 0) +
    (at === -1 ? 0 : RECENT / (at + 1)) -
    (choice.key === here ? RECENT : 0)
  );
}

function newsOf(place: Place, news: Habits['news']) {
  return place.kind === 'community' || place.kind === 'person' ? undefined : news.get(place.id);
}

function groupOf({ kind }: Choice): GroupName {
  switch (kind) {
    case 'channel':
    case 'voice':
      return 'channels';
    case 'conversation':
    case 'person':
      return 'people';
    case 'community':
      return 'communities';
    case 'deed':
      return 'deeds';
  }
}
