import * as z from 'zod/mini';

/** Most of a list that are answered at once. */
export const PAGE_LIMIT = 100;
const DEFAULT_PAGE = 50;
const LIMIT = `"limit" must be a whole number from 1 to ${PAGE_LIMIT}`;

/** How many of a list, in a query. */
export const pageLimit = z._default(
  z.coerce
    .number({ error: LIMIT })
    .check(z.int({ error: LIMIT }), z.minimum(1, { error: LIMIT }), z.maximum(PAGE_LIMIT, { error: LIMIT })),
  DEFAULT_PAGE,
);
