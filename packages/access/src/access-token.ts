import { CodedError } from '@parley/core';
import { SignJWT, decodeJwt, errors, jwtVerify } from 'jose';
import type { AccessGrants, VideoGrant } from './grants.js';
import { accessTokenClaims, grantsFromClaims, identityIn } from './grants.js';

export interface AccessTokenOptions {
  apiKey: string;
  secret: string;
  identity: string;
  name?: string;
  metadata?: string;
  attributes?: Readonly<Record<string, string>>;
  kind?: string;
  video: VideoGrant;
  /** Further claims, kept as they are; the named ones above win. */
  claims?: Readonly<Record<string, unknown>>;
  /** How long the token is good for, seconds. */
  lifetime: number;
  /** The present, milliseconds since 1970. */
  wall: number;
}

export type AccessTokenErrorCode =
  'token_missing' | 'token_invalid' | 'token_key_unknown' | 'token_not_yet_valid' | 'token_expired';

/** A token that does not open the door. The message may be shown to the one who sent it. */
export class AccessTokenError extends CodedError<AccessTokenErrorCode> {
  override readonly name = 'AccessTokenError';
}

/** How far the clocks of the token's maker and this server may differ, seconds. */
const LEEWAY = 60;
const MAX_TOKEN_LENGTH = 64 * 1024;

/** Checks LiveKit access tokens: JWTs signed with HS256 by the secret of the API key that `iss` names. */
export class AccessTokenVerifier {
  readonly #secrets: ReadonlyMap<string, Uint8Array>;
  readonly #wall: () => number;

  /**
   * @param keys API key → secret.
   * @param wall The present, milliseconds since 1970.
   */
  constructor(keys: ReadonlyMap<string, string>, wall: () => number) {
    this.#secrets = new Map([...keys].map(([key, secret]) => [key, encodeSecret(secret)]));
    this.#wall = wall;
  }

  /**
   * Answers what the token grants.
   *
   * @param leeway How long after its expiry, or before its beginning, a token is still good, seconds.
   * @throws AccessTokenError when it is missing, malformed, of an unknown key, badly signed, early or expired.
   */
  async verify(token: string, leeway = LEEWAY): Promise<AccessGrants> {
    if (token === '') throw new AccessTokenError('token_missing', 'the access token is missing');
    if (token.length > MAX_TOKEN_LENGTH)
      throw new AccessTokenError('token_invalid', 'the access token is too long');
    const secret = this.#secrets.get(issuer(token));
    if (!secret) throw new AccessTokenError('token_key_unknown', 'the access token is of an unknown API key');
    try {
      const { payload } = await jwtVerify(token, secret, {
        algorithms: ['HS256'],
        clockTolerance: leeway,
        currentDate: new Date(this.#wall()),
        requiredClaims: ['exp'],
      });
      const claims = accessTokenClaims.safeParse(payload);
      if (!claims.success) {
        const field = claims.error.issues[0]?.path.join('.') ?? 'payload';
        throw new AccessTokenError(
          'token_invalid',
          `the access token's claim "${field}" is not what it must be`,
        );
      }
      return grantsFromClaims(claims.data);
    } catch (error) {
      throw asAccessTokenError(error);
    }
  }
}

/** Signs an access token that LiveKit clients and `AccessTokenVerifier` accept. */
export async function createAccessToken(options: AccessTokenOptions): Promise<string> {
  const seconds = Math.floor(options.wall / 1000);
  return new SignJWT({
    ...options.claims,
    ...(options.name === undefined ? {} : { name: options.name }),
    ...(options.metadata === undefined ? {} : { metadata: options.metadata }),
    ...(options.attributes === undefined ? {} : { attributes: options.attributes }),
    ...(options.kind === undefined ? {} : { kind: options.kind }),
    video: options.video,
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(options.apiKey)
    .setSubject(options.identity)
    .setNotBefore(seconds)
    .setExpirationTime(seconds + options.lifetime)
    .sign(encodeSecret(options.secret));
}

/** The token of an Authorization header; undefined if there is none. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
}

/** The token of a client's request: of its header, or else of its query. Empty if there is none. */
export function tokenOfRequest(authorization: string | undefined, query: URLSearchParams): string {
  return bearerToken(authorization) ?? query.get('access_token') ?? '';
}

/** Who a token says comes into which room, before anything of it is believed. */
export interface ClaimedSeat {
  /** Empty where the token does not say it, or is none. */
  room: string;
  identity: string;
  /** Of the account that the token was made for. */
  session: string | undefined;
}

const NO_SEAT: ClaimedSeat = { room: '', identity: '', session: undefined };
const seatClaims = accessTokenClaims.pick({ sub: true, jti: true, video: true, parleySession: true });

/** Finds who is to judge a token, which has still to be verified: then it says the same. */
export function claimedSeat(token: string): ClaimedSeat {
  try {
    const { data } = seatClaims.safeParse(decodeJwt(token));
    if (data === undefined) return NO_SEAT;
    return { room: data.video?.room ?? '', identity: identityIn(data), session: data.parleySession };
  } catch {
    return NO_SEAT;
  }
}

function encodeSecret(secret: string): Uint8Array {
  return new TextEncoder().encode(secret);
}

/** The API key a token claims to be of, before anything of it is believed. */
function issuer(token: string): string {
  try {
    return decodeJwt(token).iss ?? '';
  } catch {
    throw new AccessTokenError('token_invalid', 'the access token is malformed');
  }
}

function asAccessTokenError(error: unknown): AccessTokenError {
  if (error instanceof AccessTokenError) return error;
  if (error instanceof errors.JWTExpired)
    return new AccessTokenError('token_expired', 'the access token has expired');
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return new AccessTokenError('token_invalid', "the access token's signature is wrong");
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    const code = error.reason === 'check_failed' ? 'token_not_yet_valid' : 'token_invalid';
    return new AccessTokenError(
      code,
      `the access token's claim "${error.claim}" is missing or not yet valid`,
    );
  }
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return new AccessTokenError('token_invalid', 'the access token is not signed with HS256');
  }
  return new AccessTokenError('token_invalid', 'the access token is malformed');
}
