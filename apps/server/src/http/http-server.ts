import type { AccessTokenVerifier } from '@parley/livekit/access-token';
import Fastify from 'fastify';
import type { FastifyError, FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { AddressRateLimiter } from '../address-rate-limiter.js';
import type { GuestTokens } from '../auth/guest-tokens.js';
import { guestsAllowed } from '../config/schema.js';
import type { Config } from '../config/schema.js';
import type { MediaFront } from '../media/media-front.js';
import { guestRoutes } from './guest-routes.js';
import type { HttpMetrics } from './metrics.js';
import { operationsRoutes } from './operations-routes.js';
import { addSecurityHeaders } from './security-headers.js';
import { twirpRoutes } from './twirp-routes.js';
import { validateRoutes } from './validate-routes.js';
import { webApp } from './web-app.js';

export interface HttpServerOptions {
  config: Config;
  media: MediaFront;
  guestTokens: GuestTokens;
  /** Tokens of the server API. */
  apiTokens: AccessTokenVerifier;
  metrics: HttpMetrics;
  log: Logger;
  /** Folder of the built web app. */
  webRoot: string;
  /** Limits what one client address may ask of the media thread. */
  joins: AddressRateLimiter;
  /** Monotonic time in milliseconds. */
  now: () => number;
  /** Whether the server was told to stop: calls go on for a while, new ones are refused. */
  stopping: () => boolean;
}

/** Milliseconds in which a request must have arrived. */
const REQUEST_TIMEOUT = 30_000;

/** Everything that is plain HTTP. WebSockets are the gateway's. */
export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const { config, media, metrics, log } = options;
  const guests = guestsAllowed(config);
  const app = Fastify({
    logger: false,
    trustProxy: config.http.trusted_proxies,
    requestTimeout: REQUEST_TIMEOUT,
    forceCloseConnections: true,
    routerOptions: { ignoreDuplicateSlashes: true, ignoreTrailingSlash: true },
    clientErrorHandler: (_error, socket) => {
      metrics.malformedRequests.inc();
      if (socket.writable)
        socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      else socket.destroy();
    },
  });
  addSecurityHeaders(app);
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    const status = String(reply.statusCode);
    metrics.requests.observe({ method: request.method, route, status }, reply.elapsedTime / 1000);
    // The route, not the URL: a query may hold a token.
    log.debug({ method: request.method, route, status, address: request.ip }, 'Request answered');
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error({ err: error, route: request.routeOptions.url }, 'A request failed');
    return reply
      .code(status)
      .send({ error: status >= 500 ? 'Something went wrong on the server.' : error.message });
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: 'There is nothing here.' }));

  const { joins, now, stopping } = options;
  operationsRoutes(app, { media, metrics, guests, stopping });
  validateRoutes(app, { media, limiter: joins, now, stopping });
  await app.register(twirpRoutes, { media, tokens: options.apiTokens, stopping });
  await app.register(guestRoutes, {
    allowed: guests,
    tokens: options.guestTokens,
    perMinute: config.limits.guest_tokens_per_minute,
  });
  await webApp(app, options.webRoot);
  return app;
}
