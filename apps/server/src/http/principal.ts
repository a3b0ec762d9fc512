import { AccessTokenError, bearerToken } from '@parley/access';
import type { AccessGrants, AccessTokenVerifier } from '@parley/access';
import type { FastifyInstance } from 'fastify';

/** On whose behalf a request comes. */
export type Principal =
  | { kind: 'none' }
  /** A program that has an API key. */
  | { kind: 'application'; grants: AccessGrants }
  /** Somebody who was given a token for a room. */
  | { kind: 'room'; grants: AccessGrants };

export type PrincipalKind = Principal['kind'];

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal;
  }
}

export const NOBODY: Principal = { kind: 'none' };

/**
 * Asks every request of this scope for a token, before its body is read, which a stranger would fill the memory with.
 *
 * @param refuse makes the protocol's own error of what is wrong with the token.
 */
export function askForPrincipal(
  app: FastifyInstance,
  tokens: AccessTokenVerifier,
  refuse: (error: AccessTokenError) => Error,
): void {
  app.addHook('onRequest', async (request) => {
    // A preflight comes without a token.
    if (request.method === 'OPTIONS') return;
    try {
      request.principal = toPrincipal(await tokens.verify(bearerToken(request.headers.authorization) ?? ''));
    } catch (error) {
      throw error instanceof AccessTokenError ? refuse(error) : error;
    }
  });
}

function toPrincipal(grants: AccessGrants): Principal {
  return { kind: grants.video.roomJoin === true ? 'room' : 'application', grants };
}
