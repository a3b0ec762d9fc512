import * as z from 'zod/mini';

/** A role of a community, the highest position above all others; @everyone has 0. */
export const role = z.object({
  id: z.string(),
  name: z.string(),
  /** 0xRRGGBB; null where names keep the theme's colour. */
  colour: z.nullable(z.int()),
  icon: z.nullable(z.string()),
  position: z.int(),
  permissions: z.array(z.string()),
});

export type Role = z.output<typeof role>;
