import { z } from 'zod';

/** What a token allows in rooms, as LiveKit names it. Everything left out has LiveKit's default. */
export type VideoGrant = z.infer<typeof videoGrant>;

/** What a token says after its signature was checked. */
export type AccessTokenClaims = z.infer<typeof accessTokenClaims>;

/** A token's claims with its key and identity resolved. */
export interface AccessGrants {
  /** The API key that signed the token. */
  apiKey: string;
  /** Empty when the token names nobody. */
  identity: string;
  name: string;
  metadata: string;
  attributes: Readonly<Record<string, string>>;
  /** `standard`, `agent`, `sip`, `egress`, `ingress`, … */
  kind: string;
  video: VideoGrant;
  /** As signed, for a token that renews this one, and for what only one protocol understands. */
  claims: AccessTokenClaims;
}

/** Seconds since 1970; the last second of the year 9999 is the latest that a date can be written for. */
const numericDate = z.number().min(0).max(253_402_300_799);

export const videoGrant = z.looseObject({
  room: z.string().optional(),
  roomJoin: z.boolean().optional(),
  roomCreate: z.boolean().optional(),
  roomList: z.boolean().optional(),
  roomAdmin: z.boolean().optional(),
  destinationRoom: z.string().optional(),
  canPublish: z.boolean().optional(),
  canSubscribe: z.boolean().optional(),
  canPublishData: z.boolean().optional(),
  canPublishSources: z.array(z.string()).optional(),
  canUpdateOwnMetadata: z.boolean().optional(),
  hidden: z.boolean().optional(),
  recorder: z.boolean().optional(),
  agent: z.boolean().optional(),
});

export const accessTokenClaims = z.looseObject({
  iss: z.string().min(1),
  sub: z.string().optional(),
  jti: z.string().optional(),
  exp: numericDate,
  nbf: numericDate.optional(),
  name: z.string().optional(),
  metadata: z.string().optional(),
  attributes: z.record(z.string(), z.string()).optional(),
  kind: z.string().optional(),
  video: videoGrant.optional(),
  roomConfig: z.json().optional(),
  /** Parley's own: the session of the account that the token was made for. */
  parleySession: z.string().optional(),
});

/** Old tokens carry it in `jti`. Empty when there is none. */
export function identityIn({ sub, jti }: Pick<AccessTokenClaims, 'sub' | 'jti'>): string {
  return sub ?? jti ?? '';
}

export function grantsFromClaims(claims: AccessTokenClaims): AccessGrants {
  return {
    apiKey: claims.iss,
    identity: identityIn(claims),
    name: claims.name ?? '',
    metadata: claims.metadata ?? '',
    attributes: claims.attributes ?? {},
    kind: claims.kind ?? 'standard',
    video: claims.video ?? {},
    claims,
  };
}
