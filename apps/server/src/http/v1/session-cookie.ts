import { SESSION_LIMITS } from '@parley/workspace';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** With the prefix a browser takes it over https alone, and from no other host of the domain (RFC 6265bis, 4.1.3.2). */
const SECURE_NAME = '__Host-parley_session';
const PLAIN_NAME = 'parley_session';
const LIFETIME = Math.floor(SESSION_LIMITS.lifetime / 1000);

/** The token of the session that a request brings, as the client wrote it. */
export function tokenIn(request: FastifyRequest): string | undefined {
  return sessionTokenIn(request.headers.cookie, request.protocol === 'https');
}

/** @param secure Whether the request came over https. */
export function sessionTokenIn(cookies: string | undefined, secure: boolean): string | undefined {
  return valueOf(nameFor(secure), cookies);
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
  const secure = request.protocol === 'https';
  const cookie = `${nameFor(secure)}=${value}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  void reply.header('set-cookie', cookie);
}

function nameFor(secure: boolean): string {
  return secure ? SECURE_NAME : PLAIN_NAME;
}
