import type { ReplyPreview } from '@parley/contract';
import { mentionNames } from './mention-names.js';
import type { Place } from './place.js';
import { plainText } from './plain-text.js';

/** Characters of a message that is answered. */
const LENGTH = 200;
/** Stands for what is covered, however long it is. */
const HIDDEN = '▮▮▮';

/** A message that is answered, as one line of words. */
export function quoteOf(
  { text, mentions }: Pick<ReplyPreview, 'text' | 'mentions'>,
  place: Pick<Place, 'community'>,
): string {
  return plainText(text, { nameOf: mentionNames(mentions, place), hidden: HIDDEN, length: LENGTH });
}
