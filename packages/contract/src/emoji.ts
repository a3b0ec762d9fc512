import * as z from 'zod/mini';
import { spelledEmoji } from './emoji-spelling.js';

/** Longest of them, in units of UTF-16. */
const LONGEST = 40;
const RGI = new RegExp('^\\p{RGI_Emoji}$', 'v');

/** One emoji of those that Unicode recommends for general interchange (UTS #51), in the one spelling that it has. */
export const emoji = z.pipe(
  z.pipe(z.string(), z.transform(spelledEmoji)),
  z.string().check(
    z.refine((text) => text.length <= LONGEST && RGI.test(text), {
      error: 'An emoji must be one of Unicode',
    }),
  ),
);
