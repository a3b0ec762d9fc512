import { wordsOf } from '@parley/contract';

/** PostgreSQL counts positions up to here. */
const LAST_POSITION = 16_383;

/** The words of a text as a tsvector in its own notation, so that no setting of the database has a part in it. */
export function searchVector(text: string): string {
  return wordsOf(text)
    .slice(0, LAST_POSITION)
    .map(({ word }, index) => `'${word}':${index + 1}`)
    .join(' ');
}
