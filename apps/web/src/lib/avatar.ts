/** Identities of guests: a new one with every visit. */
const GUEST = /^guest[_-]/u;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * Up to two letters that stand for a name: the first of its first and last word. A flag or a family counts as one
 * letter, as it does for people.
 */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const first = words[0];
  if (first === undefined) return '?';
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  return (firstLetter(first) + (last === undefined ? '' : firstLetter(last))).toUpperCase();
}

/** A hue of 0–359 degrees that stays with a person. Guests keep theirs from visit to visit by their name. */
export function colourOf({ identity, name }: { identity: string; name: string }): number {
  return hueOf(GUEST.test(identity) ? name.normalize('NFKC').toLowerCase() : identity);
}

function hueOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % 360;
}

function firstLetter(word: string): string {
  for (const { segment } of graphemes.segment(word)) return segment;
  return '';
}
