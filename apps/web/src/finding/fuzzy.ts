/** How well a name fits what is typed, and which of its characters were meant. */
export interface Match {
  /** Above 0; the better, the more. */
  score: number;
  /** Places of characters (code points) of the name, in their order. */
  marked: readonly number[];
}

const AT_START = 100;
const AT_WORD = 80;
const WITHIN = 55;
const SCATTERED = 30;

/**
 * Looks for all words of a query in a name, each by itself and in any order: at its beginning, at that of a word, within
 * one, or else its letters one after the other. Upper case and accents make no difference.
 */
export function fuzzyMatch(query: string, name: string): Match | undefined {
  const characters = Array.from(name, folded);
  const words = query.split(/\s+/u).filter((word) => word !== '');
  const matches = words.map((word) => matchWord(Array.from(word, folded), characters));
  let score = 0;
  const marked = new Set<number>();
  for (const match of matches) {
    if (match === undefined) return undefined;
    score += match.score / matches.length;
    for (const place of match.marked) marked.add(place);
  }
  return { score, marked: [...marked].sort((a, b) => a - b) };
}

function matchWord(word: readonly string[], name: readonly string[]): Match | undefined {
  let best: Match | undefined;
  for (let at = 0; at + word.length <= name.length; at += 1) {
    if (!word.every((character, index) => name[at + index] === character)) continue;
    const place = at === 0 ? AT_START : isWordStart(name, at) ? AT_WORD : WITHIN;
    // The more of the name is typed, the more it is meant.
    const score = place + (10 * word.length) / name.length;
    if (best === undefined || score > best.score)
      best = { score, marked: word.map((_, index) => at + index) };
  }
  return best ?? scattered(word, name);
}

function scattered(word: readonly string[], name: readonly string[]): Match | undefined {
  const marked: number[] = [];
  for (let at = 0; at < name.length && marked.length < word.length; at += 1) {
    if (name[at] === word[marked.length]) marked.push(at);
  }
  const [first] = marked;
  const last = marked.at(-1);
  if (marked.length < word.length || first === undefined || last === undefined) return undefined;
  const gaps = last - first + 1 - word.length;
  // Letters far from each other are there by chance.
  if (gaps > 2 * word.length + 4) return undefined;
  return { score: SCATTERED - gaps, marked };
}

function isWordStart(name: readonly string[], at: number): boolean {
  return !/[\p{L}\p{N}]/u.test(name[at - 1] ?? ' ');
}

function folded(character: string): string {
  return character.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase() || character;
}
