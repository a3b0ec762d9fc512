import * as z from 'zod/mini';

/** Most characters of a message. */
export const MESSAGE_LENGTH = 4000;

/** One character may carry so many marks; more would cover its neighbours. */
const TOWER = /\p{M}{9}/u;
/** Anything to see: joiners, spaces and formatting alone are nothing. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}\p{Cn}]/u;
/** A message is lines of text: no other control character, no half of a character, nothing that will never be one. */
const REFUSED = /[^\P{Cc}\n\t]|[\p{Cs}\p{Noncharacter_Code_Point}]/u;
/** They show letters in another order than they have, and people need them for nothing. */
const OVERRIDES = /[\u202d\u202e]/g;
const OPENS_ISOLATE = /[\u2066-\u2068]/;
const OPENS_EMBEDDING = /[\u202a\u202b]/;
const END_OF_ISOLATE = '\u2069';
const END_OF_EMBEDDING = '\u202c';

/** What is said of a text that is none. */
export function messageTextError(field: string): string {
  return `"${field}" must be 1 to ${MESSAGE_LENGTH} characters without control characters`;
}

/**
 * What somebody may write. It comes out in Unicode's form NFC, without space around it, with lines that end in a line
 * feed, and so that no direction of writing reaches beyond its line.
 */
export function messageText(field: string) {
  const error = messageTextError(field);
  return z.pipe(
    z.string({ error }).check(z.maxLength(4 * MESSAGE_LENGTH, { error })),
    z.pipe(
      z.transform(tidied),
      z.string().check(
        z.refine((text) => VISIBLE.test(text) && !REFUSED.test(text), { error }),
        z.refine((text) => !TOWER.test(text), { error: `"${field}" has a character with too many marks` }),
        z.refine((text) => Array.from(text).length <= MESSAGE_LENGTH, { error }),
      ),
    ),
  );
}

function tidied(text: string): string {
  const lines = text
    .normalize('NFC')
    .replaceAll(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .trim()
    .split('\n');
  return lines.map(closed).join('\n');
}

/** With every direction that begins in a line ended in it, and no end of one that did not begin. */
function closed(line: string): string {
  const ends: string[] = [];
  let text = '';
  for (const character of line.replaceAll(OVERRIDES, '')) {
    if (OPENS_ISOLATE.test(character)) ends.push(END_OF_ISOLATE);
    else if (OPENS_EMBEDDING.test(character)) ends.push(END_OF_EMBEDDING);
    else if (character === END_OF_ISOLATE || character === END_OF_EMBEDDING) {
      if (ends.at(-1) !== character) continue;
      ends.pop();
    }
    text += character;
  }
  return text + ends.reverse().join('');
}
