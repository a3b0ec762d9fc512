import { requireSome } from '@parley/livekit/permissions';
import { TwirpError } from '@parley/livekit/twirp-error';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import type { MediaFront } from '../media/media-front.js';
import type { HttpModule } from './http-module.js';

export interface TwirpRoutesOptions {
  media: MediaFront;
  stopping: () => boolean;
}

const BODY_LIMIT = 10 * 1024 * 1024;
const CREATE_ROOM = 'livekit.RoomService/CreateRoom';

/** `POST /twirp/…`: LiveKit's server API, which the media thread answers. */
export function twirpModule(options: TwirpRoutesOptions): HttpModule {
  return {
    name: 'twirp',
    asks: 'token',
    refuse: ({ message }) => new TwirpError('unauthenticated', message),
    mount: (app) => {
      mount(app, options);
    },
  };
}

function mount(app: FastifyInstance, { media, stopping }: TwirpRoutesOptions): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => {
    parsed(null, body);
  });
  app.addHook('onRequest', async (_request, reply) => {
    // Pages of any origin may ask: the token is what counts.
    reply.headers({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' });
  });
  // Before the body is read: what reads it takes time that others have to wait.
  app.addHook('preParsing', ({ principal }, _reply, body, done) => {
    if (principal.kind !== 'none') requireSome(principal.grants);
    done(null, body);
  });
  app.setErrorHandler((error: FastifyError | TwirpError, _request, reply) => {
    if (error instanceof TwirpError) return refuse(reply, error.status, error);
    const { statusCode = 500 } = error;
    if (statusCode >= 500) throw error;
    const code = statusCode === 413 ? 'resource_exhausted' : 'malformed';
    return refuse(reply, statusCode, new TwirpError(code, error.message));
  });
  app.options('/twirp/*', (_request, reply) =>
    reply
      .headers({
        'access-control-allow-methods': 'POST, OPTIONS',
        // The wildcard does not stand for Authorization.
        'access-control-allow-headers': 'authorization, content-type, *',
        'access-control-max-age': '86400',
      })
      .code(204)
      .send(),
  );
  app.post<{ Params: { '*': string } }>('/twirp/*', { bodyLimit: BODY_LIMIT }, async (request, reply) => {
    if (stopping() && request.params['*'] === CREATE_ROOM) {
      throw new TwirpError('unavailable', 'the server is shutting down');
    }
    const answer = await media.callApi({
      path: `/twirp/${request.params['*']}`,
      contentType: request.headers['content-type'] ?? '',
      authorization: request.headers.authorization ?? '',
      body: request.body instanceof Uint8Array ? request.body : new Uint8Array(),
    });
    return send(reply, answer.status, answer.contentType, answer.body);
  });
}

function refuse(reply: FastifyReply, status: number, error: TwirpError): FastifyReply {
  return send(reply, status, 'application/json', Buffer.from(error.toJsonString()));
}

/** Bytes, not text: to the type of text a charset would be added, and clients compare the whole type. */
function send(reply: FastifyReply, status: number, contentType: string, body: Uint8Array): FastifyReply {
  return reply.code(status).header('content-type', contentType).send(Buffer.from(body));
}
