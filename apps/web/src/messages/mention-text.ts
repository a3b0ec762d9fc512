import type { MentionName } from './message-text.js';

/** What is shown in the field, as `@bob`, to what is sent for it, as `<@id>`. */
export type Chosen = ReadonlyMap<string, string>;

const CODE = /(```[\s\S]*?```|`[^`\n]+`)/u;
const MENTION = /<(@&?|#)([\da-f-]{36})>/gu;
const OPEN_NAME = /(?<![\p{L}\p{N}_.@<\\])@([\p{L}\p{N}][\p{L}\p{N}._-]*)/gu;
/** A name that ends here, and does not go on. */
const END = '(?![\\p{L}\\p{N}_])';
const BEGIN = '(?<![\\p{L}\\p{N}_<\\\\])';

/** The text to send. In code names stay as they are. */
export function encodeMentions(text: string, chosen: Chosen): string {
  if (chosen.size === 0) return text;
  // Of names that begin alike the longest.
  const names = [...chosen.keys()].sort((a, b) => b.length - a.length).map(escaped);
  const pattern = new RegExp(`${BEGIN}(?:${names.join('|')})${END}`, 'gu');
  return outsideCode(text, (part) => part.replaceAll(pattern, (name) => chosen.get(name) ?? name));
}

/** The text to be changed again, and what its names stand for. */
export function decodeMentions(text: string, nameOf: MentionName): { text: string; chosen: Chosen } {
  const chosen = new Map<string, string>();
  const decoded = outsideCode(text, (part) =>
    part.replaceAll(MENTION, (whole, sign: string, id: string) => {
      const name = nameOf(sign, id);
      const shown = `${sign.charAt(0)}${name ?? ''}`;
      // Two who are called alike can be told apart only by their ids.
      if (name === undefined || (chosen.has(shown) && chosen.get(shown) !== whole)) return whole;
      chosen.set(shown, whole);
      return shown;
    }),
  );
  return { text: decoded, chosen };
}

/** Names that somebody may be called by, of whom none was chosen; without the sign. */
export function openNames(text: string, chosen: Chosen): string[] {
  const names = new Set<string>();
  outsideCode(encodeMentions(text, chosen), (part) => {
    // What ends a sentence is no part of a name.
    for (const [, name = ''] of part.matchAll(OPEN_NAME)) names.add(name.replace(/[.-]+$/u, ''));
    return part;
  });
  return [...names];
}

function outsideCode(text: string, change: (part: string) => string): string {
  return text
    .split(CODE)
    .map((part, index) => (index % 2 === 0 ? change(part) : part))
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/gu, String.raw`\$&`);
}
