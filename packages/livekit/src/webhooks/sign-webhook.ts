import { createHash } from 'node:crypto';
import { SignJWT } from 'jose';

export interface WebhookKey {
  apiKey: string;
  secret: string;
}

/** Seconds that a receiver may take a signature for good. */
const LIFETIME = 5 * 60;

/**
 * The `Authorization` header of a webhook: a JWT, without "Bearer", whose claim `sha256` is the SHA-256 of the body in
 * base64. The body is to be posted as `application/webhook+json`.
 *
 * @param wall The present, milliseconds since 1970.
 */
export function signWebhook(body: string, { apiKey, secret }: WebhookKey, wall: number): Promise<string> {
  const seconds = Math.floor(wall / 1000);
  return new SignJWT({ sha256: createHash('sha256').update(body).digest('base64') })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(apiKey)
    .setNotBefore(seconds)
    .setExpirationTime(seconds + LIFETIME)
    .sign(new TextEncoder().encode(secret));
}
