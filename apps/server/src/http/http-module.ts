import rateLimit from '@fastify/rate-limit';
import type { AccessTokenError, AccessTokenVerifier } from '@parley/access';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ApiOperation } from './openapi/api-operation.js';
import { HttpError } from './http-error.js';
import { askForPrincipal } from './principal.js';
import type { Principal } from './principal.js';

/** A group of routes, which are its own: hooks and parsers that it adds are for them alone. */
export interface HttpModule {
  name: string;
  /** Whether anybody may ask, or who has a token, whose principal then stands in the request. */
  asks: 'nobody' | 'token';
  /** What a token that does not do is answered. Default: 401, as the API does. */
  refuse?: (error: AccessTokenError) => Error;
  /** Of its own API, which answers errors with codes. */
  routes?: readonly ApiRoute[];
  /** What of it stands in the description of the API. */
  operations?: readonly ApiOperation[];
  /** Of a protocol that somebody else has laid down. */
  mount?: (app: FastifyInstance) => void | Promise<void>;
}

/** One path of the API: what comes in and goes out is what the contract says. */
export interface ApiRoute {
  path: string;
  mount: (app: FastifyInstance) => void;
}

export interface ApiRouteOptions<In extends z.core.$ZodType, Out extends z.core.$ZodType> {
  method: 'GET' | 'POST';
  path: string;
  /** Of the body; of a GET, of what stands in the path. */
  input: In;
  output: Out;
  /** Requests of one client address in a minute; absent: any number. */
  perMinute?: number;
  handle: (
    input: z.core.output<In>,
    from: { principal: Principal },
  ) => z.core.input<Out> | Promise<z.core.input<Out>>;
}

const BODY_LIMIT = 16_384;

export function apiRoute<In extends z.core.$ZodType, Out extends z.core.$ZodType>(
  options: ApiRouteOptions<In, Out>,
): ApiRoute {
  const { method, path, input, output, perMinute, handle } = options;
  const mount = (app: FastifyInstance): void => {
    app.route({
      method,
      url: path,
      bodyLimit: BODY_LIMIT,
      config: { rateLimit: perMinute === undefined ? false : { max: perMinute, timeWindow: 60_000 } },
      handler: async (request) => {
        const given = z.core.safeParse(input, givenTo(request));
        if (!given.success) {
          throw new HttpError(
            400,
            'invalid_request',
            given.error.issues[0]?.message ?? 'The request is malformed.',
          );
        }
        return z.core.parse(output, await handle(given.data, { principal: request.principal }));
      },
    });
  };
  return { path, mount };
}

/** Mounts a module behind a door of its own. */
export async function mountModule(
  app: FastifyInstance,
  module: HttpModule,
  tokens: AccessTokenVerifier,
): Promise<void> {
  await app.register(async (scope) => {
    if (module.routes !== undefined) {
      await scope.register(rateLimit, {
        global: false,
        ipv6Subnet: 64,
        errorResponseBuilder: (_request, { after }) =>
          new HttpError(
            429,
            'too_many_requests',
            `Too many requests from your address: try again in ${after}.`,
          ),
      });
      for (const route of module.routes) route.mount(scope);
    }
    await module.mount?.(scope);
    if (module.asks === 'token') askForPrincipal(scope, tokens, module.refuse ?? unauthenticated);
  });
}

function unauthenticated({ message }: AccessTokenError): Error {
  return new HttpError(401, 'unauthenticated', message);
}

function givenTo(request: FastifyRequest): unknown {
  return request.method === 'POST' ? request.body : request.params;
}
