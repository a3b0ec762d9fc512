import type { Account } from '@parley/workspace';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { ApiOperation } from '../openapi/api-operation.js';
import { accountOf, inputOf } from './v1-module.js';
import type { V1Route } from './v1-module.js';

interface StreamRouteOf<In extends z.core.$ZodType> extends Omit<ApiOperation, 'by' | 'input' | 'output'> {
  /** Of what stands in the path. */
  input: In;
  output: ApiOperation['output'];
  /** Requests of one client address in a minute. */
  perMinute: number;
  handle: (input: z.core.output<In>, asking: StreamAsking) => Promise<FastifyReply>;
}

export interface StreamAsking {
  account: Account;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** A route for who is signed in, whose body or answer is bytes and not JSON. */
export function streamRoute<In extends z.core.$ZodType>(route: StreamRouteOf<In>): V1Route {
  const { method, path, summary, input, output, status, content, perMinute, handle } = route;
  return {
    operation: { method, path, summary, input, output, status, by: 'account', ...(content && { content }) },
    mount: (app, sessions) => {
      void app.register((scope, _options, done) => {
        // No body is read before it is known who asks, and none is kept in memory: whoever handles it takes its bytes.
        scope.removeAllContentTypeParsers();
        if (content?.request !== undefined) {
          scope.addContentTypeParser(content.request, (_request, payload, parsed) => {
            parsed(null, payload);
          });
        }
        scope.route({
          method,
          url: path,
          config: { rateLimit: { max: perMinute, timeWindow: 60_000 } },
          handler: async (request, reply) => {
            const account = await accountOf(request, reply, sessions);
            return handle(inputOf(input, request, request.params), { account, request, reply });
          },
        });
        done();
      });
    },
  };
}
