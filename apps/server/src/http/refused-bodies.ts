import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

const CONTENT_TOO_LARGE = 413;
/** Milliseconds that a client has to send the rest of what is refused. */
const DISCARD_TIMEOUT = 5_000;

/**
 * Has clients that send more than is taken learn so: an answer that comes while they still send, on a connection that is then
 * closed, is lost to many of them, who see a broken connection instead. So the rest is read first, into nothing.
 */
export function discardRefusedBodies(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (reply.statusCode === CONTENT_TOO_LARGE) await discard(request.raw);
    return payload;
  });
}

function discard(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, DISCARD_TIMEOUT);
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    request.once('end', done).once('close', done).resume();
  });
}
