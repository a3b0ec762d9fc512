import * as z from 'zod/mini';
import { roomName } from './guest-token.js';

/** Most names that are told of one room. */
export const MOST_PEOPLE_NAMED = 50;

/** What stands in the path of `GET /api/rooms/:room/people`. */
export const roomPeopleRequest = z.object({ room: roomName });

/** Who is in a room, for those who may join it. Recorders, agents and whoever is hidden are no people here. */
export const roomPeople = z.object({
  /** In the order in which they joined, at most MOST_PEOPLE_NAMED; people without a name are counted alone. */
  names: z.array(z.string()),
  total: z.int(),
});

export type RoomPeople = z.output<typeof roomPeople>;
