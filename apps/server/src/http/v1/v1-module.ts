import rateLimit from '@fastify/rate-limit';
import type { Account, Device, SessionService } from '@parley/workspace';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { HttpModule } from '../http-module.js';
import type { ApiOperation } from '../openapi/api-operation.js';
import { brokenString } from './plain-strings.js';
import { ProblemError, sendProblem, toProblem } from './problems.js';
import { isCrossSite } from './same-site.js';
import { isFromThisMachine } from './this-machine.js';
import { giveToken, takeToken, tokenIn } from './session-cookie.js';

/** What a route learns of who asks. */
export interface Asking {
  device: Device;
  /** Whether the request was made on this machine. */
  isLocal: boolean;
  /** Gives the client a session, in place of the one that it has. */
  signIn: (token: string) => void;
  /** Takes the client's session away. */
  signOut: () => void;
}

interface RouteOf<In extends z.core.$ZodType, Out extends z.core.$ZodType> {
  method: ApiOperation['method'];
  path: string;
  /** What it does, for who reads the description of the API. */
  summary: string;
  /** Of what stands in the path, in the query of a GET, and in the body of what changes something. */
  input: In;
  output: Out;
  /** Of an answer that is no error. Default: 200; 204 has no body. */
  status?: 200 | 201 | 204;
  /** Requests of one client address in a minute. */
  perMinute: number;
}

type Handle<In extends z.core.$ZodType, Out extends z.core.$ZodType, Who> = (
  input: z.core.output<In>,
  asking: Asking & Who,
) => Promise<z.core.input<Out>>;

export interface V1Route {
  operation: ApiOperation;
  mount: (app: FastifyInstance, sessions: SessionService) => void;
}

const BODY_LIMIT = 65_536;

/** A route that anybody may ask. */
export function openRoute<In extends z.core.$ZodType, Out extends z.core.$ZodType>(
  route: RouteOf<In, Out> & { handle: Handle<In, Out, object> },
): V1Route {
  return {
    operation: operationOf(route, 'anybody'),
    mount: (app) => {
      mount(app, route, (input, asking) => route.handle(input, asking));
    },
  };
}

/** A route for who is signed in. */
export function accountRoute<In extends z.core.$ZodType, Out extends z.core.$ZodType>(
  route: RouteOf<In, Out> & { handle: Handle<In, Out, { account: Account }> },
): V1Route {
  return {
    operation: operationOf(route, 'account'),
    mount: (app, sessions) => {
      mount(app, route, async (input, asking, { request }) => {
        return route.handle(input, { ...asking, account: await signedIn(request, asking, sessions) });
      });
    },
  };
}

/** Who asks, who has to be signed in. */
export function accountOf(
  request: FastifyRequest,
  reply: FastifyReply,
  sessions: SessionService,
): Promise<Account> {
  return signedIn(request, askingOf(request, reply), sessions);
}

async function signedIn(
  request: FastifyRequest,
  { device, signIn, signOut }: Asking,
  sessions: SessionService,
): Promise<Account> {
  const token = tokenIn(request);
  const found = token === undefined ? undefined : await sessions.authenticate(token, device);
  if (found === undefined) {
    if (token !== undefined) signOut();
    throw new ProblemError(401, 'unauthenticated', 'You are not signed in.', { remedy: 'Sign in.' });
  }
  if (found.newToken !== undefined) signIn(found.newToken);
  return found.account;
}

function operationOf<In extends z.core.$ZodType, Out extends z.core.$ZodType>(
  { method, path, summary, input, output, status = 200 }: RouteOf<In, Out>,
  by: ApiOperation['by'],
): ApiOperation {
  return { method, path, summary, input, output, status, by };
}

/** What every module of `/api/v1` needs. */
export interface V1Options {
  sessions: SessionService;
  /** Told of every problem that is answered, and of what was thrown. */
  onProblem: (problem: ProblemError, thrown: unknown) => void;
}

/** Routes of `/api/v1`: errors are problem+json, and nothing is changed at another site's wish. */
export function v1Module(
  name: string,
  { sessions, onProblem }: V1Options,
  routes: readonly V1Route[],
): HttpModule {
  return {
    name,
    asks: 'nobody',
    operations: routes.map(({ operation }) => operation),
    mount: async (app) => {
      await app.register(rateLimit, {
        global: false,
        ipv6Subnet: 64,
        errorResponseBuilder: (_request, { ttl }) =>
          new ProblemError(429, 'too_many_requests', 'There were too many requests from your address.', {
            remedy: 'Wait a moment, then try again.',
            retryAfter: ttl,
          }),
      });
      app.setErrorHandler((thrown, _request, reply) => {
        const problem = toProblem(thrown);
        onProblem(problem, thrown);
        return sendProblem(reply, problem);
      });
      app.addHook('onRequest', async (request, reply) => {
        void reply.header('cache-control', 'no-store');
        if (!isCrossSite(request, tokenIn(request) !== undefined)) return;
        throw new ProblemError(403, 'cross_site', 'This request comes from another site.', {
          remedy: 'Ask from the pages of this server.',
        });
      });
      for (const route of routes) route.mount(app, sessions);
    },
  };
}

function mount<In extends z.core.$ZodType, Out extends z.core.$ZodType>(
  app: FastifyInstance,
  { method, path, input, output, status = 200, perMinute }: RouteOf<In, Out>,
  handle: (
    input: z.core.output<In>,
    asking: Asking,
    from: { request: FastifyRequest },
  ) => Promise<z.core.input<Out>>,
): void {
  app.route({
    method,
    url: path,
    bodyLimit: BODY_LIMIT,
    config: { rateLimit: { max: perMinute, timeWindow: 60_000 } },
    handler: async (request, reply) => {
      const broken = brokenString(request.body);
      if (broken !== undefined) throw unreadable(broken);
      const given = inputOf(input, request, givenTo(request));
      const answer = await handle(given, askingOf(request, reply), { request });
      if (status === 204) return reply.code(204).send();
      return reply.code(status).send(z.core.parse(output, answer));
    },
  });
}

/** What was given, if it is what was to be given. */
export function inputOf<In extends z.core.$ZodType>(
  input: In,
  request: FastifyRequest,
  given: unknown,
): z.core.output<In> {
  const result = z.core.safeParse(input, given);
  if (!result.success) throw invalid(result.error, request);
  return result.data;
}

function givenTo(request: FastifyRequest): unknown {
  const { method, body, query } = request;
  const params = paramsOf(request);
  if (method === 'GET') return { ...(typeof query === 'object' ? query : {}), ...params };
  if (isObject(body)) return { ...body, ...params };
  // Nothing need be sent where the path says it all.
  if (body === undefined && (Object.keys(params).length > 0 || method === 'DELETE')) return params;
  throw new ProblemError(400, 'invalid_request', 'What is sent has to be a JSON object.', {
    remedy: 'Send {…}, with the content type application/json.',
  });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function paramsOf({ params }: FastifyRequest): object {
  return typeof params === 'object' && params !== null ? params : {};
}

function unreadable(field: string): ProblemError {
  const title = `"${field}" has characters that are none: NUL, or half of a pair (unpaired surrogate).`;
  return new ProblemError(400, 'invalid_request', title, field === '' ? {} : { field });
}

/** What stands in a path and is malformed names nothing that is there. */
function invalid({ issues }: z.core.$ZodError, request: FastifyRequest): ProblemError {
  const [issue] = issues;
  const title = issue?.message ?? 'The request is malformed.';
  const field = issue?.path.join('.') ?? '';
  if (field in paramsOf(request)) return new ProblemError(404, 'not_found', title, { field });
  return new ProblemError(400, 'invalid_request', title, field === '' ? {} : { field });
}

function askingOf(request: FastifyRequest, reply: FastifyReply): Asking {
  return {
    device: { address: request.ip, userAgent: request.headers['user-agent'] ?? '' },
    isLocal: isFromThisMachine(request),
    signIn: (token) => giveToken(request, reply, token),
    signOut: () => takeToken(request, reply),
  };
}
