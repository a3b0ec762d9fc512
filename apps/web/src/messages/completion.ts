/** A word that is being written and can be completed. */
export interface OpenWord {
  /** People, roles and everybody; channels; emoji. */
  sign: '@' | '#' | ':';
  /** What follows the sign. */
  query: string;
  /** Where in the text the sign stands. */
  start: number;
}

const OPEN_WORD = /(?:^|[\s([{"'])([@#:])([^\s@#:()<>[\]{}"']{0,32})$/u;
/** A colon and one letter is a face that somebody types. */
const LEAST_OF_EMOJI = 2;

/** The word that ends where the caret stands, if it can be completed. */
export function openWordAt(text: string, caret: number): OpenWord | undefined {
  const [, sign, query = ''] = OPEN_WORD.exec(text.slice(0, caret)) ?? [];
  if (sign !== '@' && sign !== '#' && sign !== ':') return undefined;
  if (sign === ':' && query.length < LEAST_OF_EMOJI) return undefined;
  return { sign, query, start: caret - query.length - 1 };
}

/** The text with the word completed, and where the caret stands then. */
export function completed(
  text: string,
  { start, query }: OpenWord,
  insert: string,
): { text: string; caret: number } {
  const rest = text.slice(start + 1 + query.length);
  const space = rest.startsWith(' ') ? '' : ' ';
  return { text: text.slice(0, start) + insert + space + rest, caret: start + insert.length + 1 };
}
