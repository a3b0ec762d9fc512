import { createHash, timingSafeEqual } from 'node:crypto';

const SECRET_BYTES = 32;
const TOKEN = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{43})$/;

/** What of a session decides whether a token is good. */
export interface SessionSecrets {
  /** SHA-256 of the secret that the client has; the secret itself is stored nowhere. */
  current: Uint8Array;
  /** Of the secret before it, which requests on their way may still bring. */
  previous: Uint8Array | null;
  /** Milliseconds since 1970. */
  rotatedAt: number;
  expiresAt: number;
}

export interface SessionLimits {
  /** Milliseconds after which a session gets another secret. */
  rotateAfter: number;
  /** Milliseconds in which the secret before is still good. */
  overlap: number;
  /** Milliseconds after the last rotation at which an unused session ends. */
  lifetime: number;
}

export const SESSION_LIMITS: SessionLimits = {
  rotateAfter: 24 * 3_600_000,
  overlap: 60_000,
  lifetime: 30 * 24 * 3_600_000,
};

export type SessionVerdict =
  | 'good'
  /** Good, and to be given another secret. */
  | 'rotate'
  /** Expired, or never given out. */
  | 'refused'
  /** A secret comes that was replaced long ago: somebody has a copy, and the session has to end. */
  | 'stolen';

/** A secret is as good as a password: 32 random bytes, of which the server keeps the hash. */
export interface SessionToken {
  sessionId: string;
  secret: Uint8Array;
}

/** @param random `SECRET_BYTES` (32) bytes nobody can guess. */
export function sessionToken(sessionId: string, random: Uint8Array): string {
  if (random.length !== SECRET_BYTES) throw new RangeError(`A secret has ${SECRET_BYTES} bytes`);
  return `${sessionId}.${Buffer.from(random).toString('base64url')}`;
}

/** What a cookie says; undefined if it was not written by `sessionToken`. */
export function parseSessionToken(text: string): SessionToken | undefined {
  const [, sessionId, secret] = TOKEN.exec(text) ?? [];
  if (sessionId === undefined || secret === undefined) return undefined;
  return { sessionId, secret: Buffer.from(secret, 'base64url') };
}

export function hashSecret(secret: Uint8Array): Uint8Array {
  return createHash('sha256').update(secret).digest();
}

/** @param now milliseconds since 1970. */
export function judgeSession(
  session: SessionSecrets,
  secret: Uint8Array,
  now: number,
  limits: SessionLimits = SESSION_LIMITS,
): SessionVerdict {
  if (now >= session.expiresAt) return 'refused';
  const presented = hashSecret(secret);
  if (same(presented, session.current)) {
    return now - session.rotatedAt >= limits.rotateAfter ? 'rotate' : 'good';
  }
  if (session.previous === null || !same(presented, session.previous)) return 'refused';
  return now - session.rotatedAt < limits.overlap ? 'good' : 'stolen';
}

function same(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
