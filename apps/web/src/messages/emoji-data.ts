import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import deUrl from 'emojibase-data/de/compact.json?url';
import enUrl from 'emojibase-data/en/compact.json?url';
import { language } from '../texts/language.js';

/** Emoji as the data has them: names in one language. */
const emojiList = z.array(
  z.object({
    unicode: z.string(),
    label: z.string(),
    tags: z._default(z.array(z.string()), []),
    /** Undefined for parts of others, such as letters of flags. */
    group: z.optional(z.int()),
    order: z.optional(z.int()),
    /** The same in other tones of skin, the lightest first. */
    skins: z._default(z.array(z.object({ unicode: z.string() })), []),
  }),
);

export type Emoji = z.output<typeof emojiList>[number];

/** Group of what is a part of others alone: tones of skin, styles of hair. */
const COMPONENTS = 2;

/** All emoji of Unicode, with their names in the language that is shown; loaded when somebody looks for one. */
export const emojiQuery = () => {
  const shown = language.get();
  return queryOptions({
    queryKey: ['emoji', shown],
    queryFn: async ({ signal }) => {
      const response = await fetch(shown === 'de' ? deUrl : enUrl, { signal });
      if (!response.ok) throw new Error(`Emoji were answered with ${response.status}`);
      return emojiList
        .parse(await response.json())
        .filter(({ group }) => group !== undefined && group !== COMPONENTS)
        .sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
    },
    staleTime: Infinity,
  });
};
