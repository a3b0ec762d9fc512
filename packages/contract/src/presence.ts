import * as z from 'zod/mini';

/** Most people whose presence is asked for at once. */
const MOST_PRESENCES = 100;
const AVAILABILITY = '"availability" must be "available", "do_not_disturb" or "invisible"';
const ID = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const ID_LIST = new RegExp(`^${ID}(,${ID}){0,${MOST_PRESENCES - 1}}$`);
const IDS = `"user_ids" must be 1 to ${MOST_PRESENCES} ids of people, with commas between them`;

/** What somebody wants others to see: how things are, that they are not to be disturbed, or nothing of them. */
export const availability = z.enum(['available', 'do_not_disturb', 'invisible'], { error: AVAILABILITY });

/** What others see of somebody. Who is invisible is offline to them. */
export const presence = z.enum(['online', 'away', 'do_not_disturb', 'offline']);

export const presenceOf = z.object({ user_id: z.string(), presence });

/** Query of `GET /api/v1/presence`. */
export const presenceQuery = z.object({
  /** With commas between them. */
  user_ids: z
    .string({ error: IDS })
    .check(
      z.toLowerCase(),
      z.maxLength(MOST_PRESENCES * 37, { error: IDS }),
      z.regex(ID_LIST, { error: IDS }),
    ),
});

/** Answer of it; whom one does not know is offline. */
export const presences = z.object({ people: z.array(presenceOf) });

/** Body and answer of `PUT /api/v1/me/availability`. */
export const availabilityChange = z.object({ availability }, { error: 'Send JSON with "availability"' });

export const presenceEvents = [
  /** Of some whom one may see; not repeated to who was away. */
  z.object({ type: z.literal('presence_changed'), payload: presences }),
  /** To all devices of one person. */
  z.object({ type: z.literal('availability_changed'), payload: availabilityChange }),
] as const;

export type Availability = z.output<typeof availability>;
export type Presence = z.output<typeof presence>;
export type PresenceOf = z.output<typeof presenceOf>;
