import { SESSION_LIMITS } from '@parley/workspace';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** With the prefix a browser takes it over https alone, and from no other host of the domain (RFC 6265bis, 4.1.3.2). */
const SECURE_NAME = '__Host-parley_session';
const PLAIN_NAME = 'parley_session';
const LIFETIME = Math.floor(SESSION_LIMITS.lifetime / 1000);

/** The token of the session that a request brings, as the client wrote it. */
export function tokenIn(request: FastifyRequest): string | undefined {
  return valueOf(nameFor(request), request.headers.cookie);
}

/** Of a request for a WebSocket, which does not say whether it came over https. */
export function sessionTokenIn(cookies: string | undefined): string | undefined {
  return valueOf(SECURE_NAME, cookies) ?? valueOf(PLAIN_NAME, cookies);
}

function valueOf(name: string, cookies: string | undefined): string | undefined {
  const prefix = `${name}=`;
  return cookies
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(prefix))
    ?.slice(prefix.length);
}

export function giveToken(request: FastifyRequest, reply: FastifyReply, token: string): void {
  setCookie(request, reply, `${token}; Max-Age=${LIFETIME}`);
}

export function takeToken(request: FastifyRequest, reply: FastifyReply): void {
  setCookie(request, reply, '; Max-Age=0');
}

function setCookie(request: FastifyRequest, reply: FastifyReply, value: string): void {
  const secure = request.protocol === 'https' ? '; Secure' : '';
  void reply.header('set-cookie', `${nameFor(request)}=${value}; Path=/; HttpOnly; SameSite=Lax${secure}`);
}

function nameFor(request: FastifyRequest): string {
  return request.protocol === 'https' ? SECURE_NAME : PLAIN_NAME;
}
