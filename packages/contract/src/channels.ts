import * as z from 'zod/mini';

/** What one is told of a channel of a community, whoever one is. */
export const channelFacts = z.object({
  id: z.string(),
  community_id: z.string(),
  kind: z.enum(['text', 'voice', 'category']),
  /** Null for channels above all categories, and for categories. */
  category_id: z.nullable(z.string()),
  name: z.string(),
  topic: z.string(),
  /** Among the channels of the community; not every number is taken. */
  position: z.int(),
  /** Whether it is seen only by who is let. */
  private: z.boolean(),
  /** Seconds between two messages of one person; 0 for none. */
  slow_mode: z.int(),
  archived: z.boolean(),
});

export type ChannelFacts = z.output<typeof channelFacts>;
