import { SignJWT } from 'jose';
import type { ApiKey } from './api-keys.js';

export interface AccessTokenOptions {
  room: string;
  identity: string;
  /** Shown to others. */
  name: string;
  /** Time of issue, milliseconds since 1970. */
  now: number;
}

/** Seconds that a token is good for. */
export const TOKEN_LIFETIME = 6 * 60 * 60;

/** Signs a LiveKit access token (HS256) that joins one room, to publish, subscribe and change its own metadata. */
export function createAccessToken(key: ApiKey, options: AccessTokenOptions): Promise<string> {
  const issued = Math.floor(options.now / 1000);
  const video = {
    room: options.room,
    roomJoin: true,
    canPublish: true,
    canSubscribe: true,
    canPublishData: true,
    canUpdateOwnMetadata: true,
  };
  return new SignJWT({ name: options.name, video })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(key.key)
    .setSubject(options.identity)
    .setNotBefore(issued)
    .setExpirationTime(issued + TOKEN_LIFETIME)
    .sign(new TextEncoder().encode(key.secret));
}
