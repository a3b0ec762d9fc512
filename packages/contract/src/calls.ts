import * as z from 'zod/mini';
import { idInPath } from './fields.js';
import { CHANNEL_ROOMS } from './names.js';

/** The room of a channel's call. Nobody can have a token for it as a guest of a room. */
export function channelRoom(channelId: string): string {
  return `${CHANNEL_ROOMS}${channelId}`;
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
