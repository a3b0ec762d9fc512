/** A word as it is searched for, and where it stands in the text. */
export interface Word {
  word: string;
  start: number;
  end: number;
}

/** Mentions between angle brackets are for programs. */
const TOKENS =
  /<(?:@&?|#)[0-9a-f-]{36}>|[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}]\p{M}*|[\p{L}\p{N}](?:(?![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}])[\p{L}\p{N}\p{M}])*/gu;
const MARKED = /([\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}])\p{M}+/gu;
/** What is longer is no word that somebody would type. */
const LONGEST = 64;

/**
 * The words of a text, without regard to upper case, compatibility forms, and the accents of Latin, Greek and Cyrillic. Of
 * scripts that put no space between words each character is one.
 */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    const word = token.startsWith('<') ? '' : folded(token);
    if (word !== '') words.push({ word, start: index, end: index + token.length });
  }
  return words;
}

function folded(token: string): string {
  const plain = token
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(MARKED, '$1')
    .normalize('NFC');
  return Array.from(plain.replaceAll(/[^\p{L}\p{N}\p{M}]/gu, ''))
    .slice(0, LONGEST)
    .join('');
}
