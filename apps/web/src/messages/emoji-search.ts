import type { Emoji } from './emoji-data.js';

/** Those that are called so, the best first: by the beginning of their name, of a word in it, of another name. */
export function searchEmoji(all: readonly Emoji[], query: string, most: number): Emoji[] {
  const words = normal(query)
    .split(/[\s_-]+/u)
    .filter(Boolean);
  if (words.length === 0) return [];
  const ranked = all.flatMap((emoji) => {
    const ranks = words.map((word) => rankOf(emoji, word));
    return ranks.includes(undefined) ? [] : [{ emoji, rank: Math.max(...ranks.map((rank) => rank ?? 0)) }];
  });
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ emoji }) => emoji);
}

function rankOf({ label, tags }: Emoji, word: string): number | undefined {
  const name = normal(label);
  if (name === word) return 0;
  if (name.startsWith(word)) return 1;
  if (tags.some((tag) => normal(tag) === word)) return 2;
  if (name.split(/[\s:-]+/u).some((part) => part.startsWith(word))) return 3;
  return tags.some((tag) => normal(tag).startsWith(word)) ? 4 : undefined;
}

function normal(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
