import type { VideoGrant } from '@parley/access';
import type { Harness } from './harness.js';
import { token } from './harness.js';

export interface ApiAnswer {
  status: number;
  contentType: string;
  json: Record<string, unknown>;
}

/** What the tokens of administrators of the room `lobby` grant. */
export const ADMIN: VideoGrant = {
  roomAdmin: true,
  roomCreate: true,
  roomList: true,
  destinationRoom: 'other',
};

/** Calls a method of the RoomService in JSON. */
export async function callApi(
  { service }: Harness,
  method: string,
  request: unknown,
  video: VideoGrant = ADMIN,
): Promise<ApiAnswer> {
  const { status, contentType, body } = await service.callApi({
    path: `/twirp/livekit.RoomService/${method}`,
    contentType: 'application/json;charset=UTF-8',
    authorization: `Bearer ${await token('', { video: { roomJoin: false, ...video } })}`,
    body: Buffer.from(typeof request === 'string' ? request : JSON.stringify(request)),
  });
  const json = JSON.parse(Buffer.from(body).toString()) as Record<string, unknown>;
  return { status, contentType, json };
}
