import { createAccessToken } from './access-token.js';
import type { ApiKey } from './api-keys.js';

export interface RoomTokenOptions {
  room: string;
  identity: string;
  /** Shown to others. */
  name: string;
  /** What may be sent, as LiveKit names it. Absent: everything. */
  sources?: readonly string[];
  /** Whether what others send is received. Default yes. */
  listens?: boolean;
  /** Of the account that it is for: the token is good as long as the session. */
  session?: string;
  /** Time of issue, milliseconds since 1970. */
  now: number;
}

/** Seconds that a token is good for. */
const LIFETIME = 6 * 60 * 60;

/** Signs a LiveKit access token that joins one room, to publish, subscribe and change its own metadata. */
export function createRoomToken({ key, secret }: ApiKey, options: RoomTokenOptions): Promise<string> {
  const { room, identity, name, sources, listens = true, session, now } = options;
  return createAccessToken({
    apiKey: key,
    secret,
    identity,
    name,
    ...(session !== undefined && { claims: { parleySession: session } }),
    video: {
      room,
      roomJoin: true,
      canPublish: sources?.length !== 0,
      // An empty list would mean all of them.
      ...(sources !== undefined && sources.length > 0 && { canPublishSources: [...sources] }),
      canSubscribe: listens,
      canPublishData: true,
      canUpdateOwnMetadata: true,
    },
    lifetime: LIFETIME,
    wall: now,
  });
}
