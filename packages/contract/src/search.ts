import * as z from 'zod/mini';
import { idField } from './fields.js';
import { message } from './messages.js';
import { pageLimit } from './paging.js';

const QUERY = '"q" must be a text of 1 to 200 characters';
const SORT = '"sort" must be "relevance" or "newest"';
const CURSOR = '"cursor" must be one that a page was answered with';

/** Query of `GET /api/v1/search`. */
export const searchQuery = z.object({
  q: z.string({ error: QUERY }).check(
    z.minLength(1, { error: QUERY }),
    z.maxLength(200, { error: QUERY }),
    z.refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), { error: QUERY }),
  ),
  community_id: z.optional(idField('community_id', 'a community')),
  sort: z._default(z.enum(['relevance', 'newest'], { error: SORT }), 'relevance'),
  limit: pageLimit,
  cursor: z.optional(z.string({ error: CURSOR }).check(z.maxLength(128, { error: CURSOR }))),
});

/** What was found. Ask with the cursor for what follows. */
export const searchPage = z.object({
  hits: z.array(
    z.object({
      message,
      /** Where the words stand in its text: beginnings and ends, in units of UTF-16. */
      ranges: z.array(z.tuple([z.int(), z.int()])),
    }),
  ),
  next: z.nullable(z.string()),
});

export type SearchPage = z.output<typeof searchPage>;
