import * as z from 'zod/mini';
import { visibleText } from './visible-text.js';
import type { VisibleTextLimits } from './visible-text.js';

/** Of communities, channels, categories, roles and groups. */
export const TITLE_LIMITS = { characters: 100, bytes: 400 };

/** An id in a body. It comes out in lower case, as all ids are compared. */
export function idField(field: string, what: string) {
  return z.uuid({ error: `"${field}" must be the id of ${what}` }).check(z.toLowerCase());
}

/** An id in a path: what is malformed is not there. */
export function idInPath(what: string) {
  return z.uuid({ error: `There is no such ${what}` }).check(z.toLowerCase());
}

/** Text that people can see, or none. */
export function maybeText(field: string, limits: VisibleTextLimits) {
  const error = `"${field}" must be empty or at most ${limits.characters} visible characters`;
  return z.union([z.literal(''), visibleText(field, limits)], { error });
}

export function wholeNumber(field: string, { least, most }: { least: number; most: number }) {
  const error = `"${field}" must be a whole number from ${least} to ${most}`;
  return z.int({ error }).check(z.minimum(least, { error }), z.maximum(most, { error }));
}

export function yesOrNo(field: string) {
  return z.boolean({ error: `"${field}" must be true or false` });
}

/** Names of actions; which there are, and which count, says the server. */
export function actionNames(field: string) {
  const error = `"${field}" must be a list of names of permissions`;
  return z
    .array(z.string({ error }).check(z.maxLength(64, { error })), { error })
    .check(z.maxLength(100, { error }));
}
