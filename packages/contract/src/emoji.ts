import * as z from 'zod/mini';

/** Longest of them, in units of UTF-16. */
const LONGEST = 40;
const RGI = new RegExp('^\\p{RGI_Emoji}$', 'v');
/** Says that the character before it is a picture, where it could be a sign of text as well. */
const AS_PICTURE = '\ufe0f';

/** One emoji of those that Unicode recommends for general interchange (UTS #51), in the one spelling that it has. */
export const emoji = z.pipe(
  z.pipe(
    z.string(),
    z.transform((text) => (RGI.test(text + AS_PICTURE) ? text + AS_PICTURE : text)),
  ),
  z.string().check(
    z.refine((text) => text.length <= LONGEST && RGI.test(text), {
      error: 'An emoji must be one of Unicode',
    }),
  ),
);
