import { createHmac } from 'node:crypto';
import { ICEServer } from '@livekit/protocol';

/** STUN and TURN servers for clients, with credentials that are the same for all or made for each. */
export interface IceServerOptions {
  /** `stun:`, `stuns:`, `turn:` and `turns:` URIs (RFC 7064, RFC 7065). */
  urls: readonly string[];
  username?: string | undefined;
  credential?: string | undefined;
  /** What Parley and the TURN servers share, to make short-lived credentials with; instead of the two above. */
  secret?: string | undefined;
  /** How long those are good for, seconds. */
  ttl: number;
}

/**
 * What a client is told of ICE servers.
 *
 * With a secret, the username is the expiry (seconds since 1970), a colon and `name`, and the credential its HMAC-SHA1
 * in base64 (draft-uberti-behave-turn-rest-00 section 2.2), as coturn takes it with `use-auth-secret`.
 *
 * @param wall The present, milliseconds since 1970.
 */
export function iceServers(servers: readonly IceServerOptions[], name: string, wall: number): ICEServer[] {
  return servers.map(({ urls, username = '', credential = '', secret, ttl }) => {
    if (secret === undefined) return new ICEServer({ urls: [...urls], username, credential });
    const temporary = `${Math.floor(wall / 1000) + ttl}:${name}`;
    const hmac = createHmac('sha1', secret).update(temporary).digest('base64');
    return new ICEServer({ urls: [...urls], username: temporary, credential: hmac });
  });
}
