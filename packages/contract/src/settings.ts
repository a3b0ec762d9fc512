import * as z from 'zod/mini';

/** What is sent where nothing is asked for. */
export const noInput = z.object({});

/** Answer of `GET /api/settings`. */
export const serverSettings = z.object({
  /** Whether people without an account may join. */
  guests: z.boolean(),
  /** Whether there are accounts and channels, or calls alone. */
  workspace: z.boolean(),
  version: z.string(),
});

export type ServerSettings = z.output<typeof serverSettings>;
