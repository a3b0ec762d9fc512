import { AccessTokenError, type AccessTokenVerifier } from '@parley/livekit/access-token';
import { TwirpError } from '@parley/livekit/twirp-error';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import type { MediaFront } from '../media/media-front.js';

export interface TwirpRoutesOptions {
  media: MediaFront;
  /** Judges the token before the body is read, which a stranger would fill the memory with. */
  tokens: AccessTokenVerifier;
  stopping: () => boolean;
}

const BODY_LIMIT = 10 * 1024 * 1024;
const CREATE_ROOM = 'livekit.RoomService/CreateRoom';
const BEARER = /^Bearer +(\S+)$/i;

/** `POST /twirp/…`: LiveKit's server API, which the media thread answers. */
export function twirpRoutes(
  app: FastifyInstance,
  { media, tokens, stopping }: TwirpRoutesOptions,
  done: () => void,
): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => {
    parsed(null, body);
  });
  app.addHook('onRequest', async (request) => {
    try {
      await tokens.verify(BEARER.exec(request.headers.authorization ?? '')?.[1] ?? '');
    } catch (error) {
      if (error instanceof AccessTokenError) throw new TwirpError('unauthenticated', error.message);
      throw error;
    }
  });
  app.setErrorHandler((error: FastifyError | TwirpError, _request, reply) => {
    if (error instanceof TwirpError) return refuse(reply, error.status, error);
    const { statusCode = 500 } = error;
    if (statusCode >= 500) throw error;
    const code = statusCode === 413 ? 'resource_exhausted' : 'malformed';
    return refuse(reply, statusCode, new TwirpError(code, error.message));
  });
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
  done();
}

function refuse(reply: FastifyReply, status: number, error: TwirpError): FastifyReply {
  return send(reply, status, 'application/json', Buffer.from(error.toJsonString()));
}

/** Bytes, not text: to the type of text a charset would be added, and clients compare the whole type. */
function send(reply: FastifyReply, status: number, contentType: string, body: Uint8Array): FastifyReply {
  return reply.code(status).header('content-type', contentType).send(Buffer.from(body));
}
