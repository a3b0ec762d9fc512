import * as z from 'zod/mini';

const MOST = 100;
const LIMIT = `"limit" must be a whole number from 1 to ${MOST}`;
const CURSOR = '"cursor" must be what "next" of the page before said';

/** Query of what is listed in pages. */
export const listQuery = {
  /** Absent: from the beginning. */
  cursor: z.optional(z.string({ error: CURSOR }).check(z.maxLength(512, { error: CURSOR }))),
  limit: z._default(
    z.coerce
      .number({ error: LIMIT })
      .check(z.int({ error: LIMIT }), z.minimum(1, { error: LIMIT }), z.maximum(MOST, { error: LIMIT })),
    50,
  ),
};
