import { wordsOf } from '@parley/contract';
import type { Word } from '@parley/contract';
import type { Phrase } from './search-query.js';

/** Characters of a word from which on those are found that begin with it; with fewer that would be half of all words. */
const SHORTEST_BEGINNING = 3;

/** Phrases as a tsquery in its own notation: words have nothing in them that would need an escape. */
export function textQuery(phrases: readonly Phrase[]): string {
  return phrases
    .map(({ words, open }) =>
      words
        .map((word, index) =>
          open && index === words.length - 1 && mayGoOn(word) ? `'${word}':*` : `'${word}'`,
        )
        .join(' <-> '),
    )
    .join(' & ');
}

/** Where in a text the words stand that were looked for: beginnings and ends, in units of UTF-16. */
export function rangesOf(text: string, phrases: readonly Phrase[]): [number, number][] {
  const words = wordsOf(text);
  const marked = new Set<Word>();
  for (const phrase of phrases) {
    for (let at = 0; at + phrase.words.length <= words.length; at += 1) {
      const here = words.slice(at, at + phrase.words.length);
      if (matches(here, phrase)) for (const word of here) marked.add(word);
    }
  }
  return words.filter((word) => marked.has(word)).map(({ start, end }) => [start, end]);
}

function matches(here: readonly Word[], { words, open }: Phrase): boolean {
  return words.every((word, index) => {
    const found = here[index]?.word ?? '';
    const isLast = index === words.length - 1;
    return found === word || (open && isLast && mayGoOn(word) && found.startsWith(word));
  });
}

function mayGoOn(word: string): boolean {
  return word.length >= SHORTEST_BEGINNING;
}
