import * as z from 'zod/mini';

/** What somebody is to one; nobody in particular is none of these. */
export const relation = z.enum(['friend', 'incoming', 'outgoing', 'blocked']);

export type Relation = z.output<typeof relation>;
