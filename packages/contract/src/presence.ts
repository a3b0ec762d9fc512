import * as z from 'zod/mini';

const AVAILABILITY = '"availability" must be "available", "do_not_disturb" or "invisible"';
/** Most people whose presence is asked for at once. */
export const MOST_PRESENCES = 100;
const IDS = `"user_ids" must be 1 to ${MOST_PRESENCES} ids of people, with commas between them`;

/** What somebody wants others to see: how things are, that they are not to be disturbed, or nothing of them. */
export const availability = z.enum(['available', 'do_not_disturb', 'invisible'], { error: AVAILABILITY });

/** What others see of somebody. Who is invisible is offline to them. */
export const presence = z.enum(['online', 'away', 'do_not_disturb', 'offline']);

export const presenceOf = z.object({ user_id: z.string(), presence });

/** Query of `GET /api/v1/presence`. */
export const presenceQuery = z.object({
  user_ids: z.pipe(
    z.pipe(
      z.string({ error: IDS }),
      z.transform((text: string) => text.split(',')),
    ),
    z
      .array(z.uuid({ error: IDS }).check(z.toLowerCase()))
      .check(z.minLength(1, { error: IDS }), z.maxLength(MOST_PRESENCES, { error: IDS })),
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
