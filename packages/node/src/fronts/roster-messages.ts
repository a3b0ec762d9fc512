import { z } from 'zod';

/** By which messages name the front that tells who is in rooms. */
export const ROSTER = 'roster';

const rosterPersonSchema = z.object({
  identity: z.string(),
  /** Milliseconds since 1970. */
  joinedAt: z.number(),
  /** What of them the others get. */
  microphone: z.boolean(),
  camera: z.boolean(),
  screen: z.boolean(),
});

/** What the front emits: who is in a room now, those first who came first. Nobody is in one that has ended. */
export const rosterSchema = z.object({ room: z.string(), people: z.array(rosterPersonSchema) });

export type RosterPerson = z.output<typeof rosterPersonSchema>;
export type Roster = z.output<typeof rosterSchema>;
