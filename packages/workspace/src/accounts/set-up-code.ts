import { timingSafeEqual } from 'node:crypto';
import type { RandomBytes } from '../ids.js';

/** Without letters and digits that are taken for one another. */
const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ0123456789';
const LENGTH = 8;

/** What whoever runs the server reads in its log, and who sets it up from elsewhere types: such as `K7QF-2M9X`. */
export function newSetUpCode(random: RandomBytes): string {
  const letters = Array.from(random(LENGTH), (byte) => LETTERS[byte % LETTERS.length] ?? '').join('');
  return `${letters.slice(0, LENGTH / 2)}-${letters.slice(LENGTH / 2)}`;
}

/** Whether what was typed is the code: in any case, with or without what stands between its halves. */
export function isSetUpCode(code: string, typed: string): boolean {
  const [one, other] = [code, typed].map((text) => Buffer.from(text.toUpperCase().replaceAll(/[\s-]/gu, '')));
  return one !== undefined && one.length === other?.length && timingSafeEqual(one, other);
}
