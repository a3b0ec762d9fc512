import type { AccessTokenVerifier } from '@parley/access';
import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { ConnectionLimit } from './connection-limit.js';
import { FOREIGN_HOST, hostRule } from './host-rule.js';
import { toHttpError } from './http-error.js';
import { mountModule } from './http-module.js';
import { httpModules } from './modules.js';
import type { HttpModulesOptions } from './modules.js';
import { NOBODY } from './principal.js';
import { discardRefusedBodies } from './refused-bodies.js';
import { readTarget } from './request-target.js';
import { refuseTunnels } from './tunnels.js';
import { addSecurityHeaders } from './security-headers.js';
import { asksForPage, sendPage, serveFiles } from './web-app.js';

export interface HttpServerOptions extends HttpModulesOptions {
  /** Judges the tokens of requests that need one. */
  apiTokens: AccessTokenVerifier;
  log: Logger;
  /** Folder of the built web app. */
  webRoot: string;
  timeouts?: HttpTimeouts;
}

/** Milliseconds. */
export interface HttpTimeouts {
  /** In which a request must have arrived, from the beginning of its connection or the end of the request before. */
  request: number;
  /** How often that is looked at. */
  check: number;
  /** After which a connection is closed over which nothing moves. */
  idle: number;
}

const TIMEOUTS: HttpTimeouts = { request: 30_000, check: 10_000, idle: 72_000 };

/** Everything that is plain HTTP. WebSockets are the gateway's. */
export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const { config, metrics, log, timeouts = TIMEOUTS } = options;
  const app = Fastify({
    logger: false,
    trustProxy: config.http.trusted_proxies,
    requestTimeout: timeouts.request,
    connectionTimeout: timeouts.idle,
    keepAliveTimeout: timeouts.idle,
    // A longer time for the header, such as the default, would be taken for the time of the whole request.
    http: { connectionsCheckingInterval: timeouts.check, headersTimeout: timeouts.request },
    forceCloseConnections: true,
    routerOptions: { ignoreDuplicateSlashes: true, ignoreTrailingSlash: true },
    rewriteUrl: readTarget,
    clientErrorHandler: (error, socket) => {
      const late = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
      if (!late) metrics.malformedRequests.inc();
      if (!socket.writable) {
        socket.destroy();
        return;
      }
      const status = late ? '408 Request Timeout' : '400 Bad Request';
      // Ended alone, the connection would stay until the client ends it too.
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () =>
        socket.destroy(),
      );
    },
  });
  new ConnectionLimit({
    perAddress: config.limits.connections_per_address,
    trustedProxies: config.http.trusted_proxies,
    onRefused: (limit) => {
      metrics.connectionsRefused.inc({ limit });
    },
  }).guard(app.server);
  refuseTunnels(app.server, () => {
    metrics.malformedRequests.inc();
  });
  addSecurityHeaders(app);
  discardRefusedBodies(app);
  app.decorateRequest('principal');
  const isOwnHost = hostRule(config);
  app.addHook('onRequest', async (request, reply) => {
    request.principal = NOBODY;
    if (isOwnHost(request.headers.host)) return;
    const { status, code, text } = FOREIGN_HOST;
    await reply.code(status).send({ code, error: text });
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    const status = String(reply.statusCode);
    metrics.requests.observe({ method: request.method, route, status }, reply.elapsedTime / 1000);
    // The route, not the URL: a query may hold a token.
    log.debug({ method: request.method, route, status, address: request.ip }, 'Request answered');
  });
  app.setErrorHandler((thrown, request, reply) => {
    const error = toHttpError(thrown);
    if (error.status >= 500) log.error({ err: thrown, route: request.routeOptions.url }, 'A request failed');
    return reply.code(error.status).send({ code: error.code, error: error.message });
  });
  app.setNotFoundHandler((request, reply) => {
    reply.code(404);
    return asksForPage(request)
      ? sendPage(reply)
      : reply.send({ code: 'not_found', error: 'There is nothing here.' });
  });
  // The files of the web app belong to no module: the answer to what is not there is the page.
  await serveFiles(app, options.webRoot);
  for (const module of httpModules(options)) await mountModule(app, module, options.apiTokens);
  return app;
}
