import * as z from 'zod/mini';
import { idInPath } from './fields.js';
import { CHANNEL_ROOMS } from './names.js';

const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The room of a channel's call. Nobody can have a token for it as a guest of a room. */
export function channelRoom(channelId: string): string {
  return `${CHANNEL_ROOMS}${channelId}`;
}

/** The channel whose call a room is; undefined for other rooms. */
export function channelOfRoom(room: string): string | undefined {
  if (!room.startsWith(CHANNEL_ROOMS)) return undefined;
  const id = room.slice(CHANNEL_ROOMS.length);
  return ID.test(id) ? id : undefined;
}

/** Whether somebody in such a room has an account, whose id is their identity. */
export function isAccount(identity: string): boolean {
  return ID.test(identity);
}

/** What stands in the path of `POST /api/v1/channels/:id/call`. */
export const callPath = z.object({ id: idInPath('channel') });

/** Its answer: what LiveKit's clients join the call with, at this server. */
export const callSeat = z.object({
  room: z.string(),
  token: z.string(),
  identity: z.string(),
  name: z.string(),
});

export type CallSeat = z.output<typeof callSeat>;
