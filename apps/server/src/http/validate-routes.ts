import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AddressRateLimiter } from '@parley/core';
import type { MediaFront } from '../media/media-front.js';
import type { SignalHttpRequest } from '@parley/node/main-thread';
import type { Admission } from '../workspace/call-door.js';
import type { HttpModule } from './http-module.js';

export interface ValidateRoutesOptions {
  media: MediaFront;
  admission: Admission | undefined;
  /** Requests of one address. */
  limiter: AddressRateLimiter;
  /** Monotonic time in milliseconds. */
  now: () => number;
  stopping: () => boolean;
}

const STOPPING = { status: 503, text: 'the server is shutting down' };
const TOO_MANY = { status: 429, text: 'too many requests from your address' };

const PATHS = [
  ['/rtc/validate', 'v0'],
  ['/rtc/v1/validate', 'v1'],
] as const;

/** A client asks here why its WebSocket was refused; pages of any origin may (the token is what counts, and media judges it). */
export function validateModule(options: ValidateRoutesOptions): HttpModule {
  return {
    name: 'validate',
    asks: 'nobody',
    mount: (app) => {
      for (const [url, path] of PATHS) mountPath(app, url, path, options);
    },
  };
}

function mountPath(
  app: FastifyInstance,
  url: string,
  path: SignalHttpRequest['path'],
  options: ValidateRoutesOptions,
): void {
  app.get(url, async (request, reply) => {
    const { status, text } = await validate(toSignalRequest(request, path), options);
    return allowAnyOrigin(reply).code(status).type('text/plain; charset=utf-8').send(text);
  });
  app.options(url, (_request, reply) =>
    allowAnyOrigin(reply)
      .headers({
        'access-control-allow-methods': 'GET, HEAD, OPTIONS',
        'access-control-allow-headers': 'authorization',
        'access-control-max-age': '86400',
      })
      .code(204)
      .send(),
  );
}

async function validate(
  request: SignalHttpRequest,
  { media, admission, limiter, now, stopping }: ValidateRoutesOptions,
): Promise<{ status: number; text: string }> {
  if (stopping()) return STOPPING;
  if (!limiter.take(request.address, now())) return TOO_MANY;
  return (await admission?.refusal(request)) ?? media.validate(request);
}

function allowAnyOrigin(reply: FastifyReply): FastifyReply {
  return reply.headers({
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': 'no-store',
  });
}

function toSignalRequest(request: FastifyRequest, path: 'v0' | 'v1'): SignalHttpRequest {
  const { url } = request.raw;
  const mark = url?.indexOf('?') ?? -1;
  return {
    path,
    query: mark < 0 ? '' : (url?.slice(mark + 1) ?? ''),
    authorization: request.headers.authorization,
    userAgent: request.headers['user-agent'] ?? '',
    address: request.ip,
  };
}
