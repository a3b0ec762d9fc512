import { reactionPath } from '@parley/contract';
import data from 'emojibase-data/en/compact.json' with { type: 'json' };
import { expect, it } from 'vitest';
import * as z from 'zod/mini';

const AS_PICTURE = /\ufe0f/gu;
/** Group of tones of skin and styles of hair, which are parts of others; letters of flags have none. */
const COMPONENTS = 2;

const list = z.array(
  z.object({
    unicode: z.string(),
    group: z.optional(z.int()),
    skins: z._default(z.array(z.object({ unicode: z.string() })), []),
  }),
);

const reaction = { channel_id: crypto.randomUUID(), message_id: crypto.randomUUID() };
const stored = (emoji: string) => reactionPath.safeParse({ ...reaction, emoji }).data?.emoji;

it('offers no emoji that the server would not take, with and without U+FE0F as one', () => {
  const offered = list
    .parse(data)
    .filter(({ group }) => group !== undefined && group !== COMPONENTS)
    .flatMap(({ unicode, skins }) => [unicode, ...skins.map((skin) => skin.unicode)]);
  expect(offered.length).toBeGreaterThan(1900);
  const refused = offered.filter((one) => {
    const spellings = [one, one.replaceAll(AS_PICTURE, ''), `${one}\ufe0f`].map(stored);
    return spellings[0] === undefined || new Set(spellings).size > 1;
  });
  expect(refused).toEqual([]);
});
