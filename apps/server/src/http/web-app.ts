import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { OperatorError } from '../errors.js';

const PAGE = 'index.html';
/** Files here carry a hash of their content in their names. */
const HASHED_FOLDER = 'assets';
const FOREVER = 'public, max-age=31536000, immutable';
const REVALIDATE = 'no-cache';

/** Throws an OperatorError unless the web app has been built. */
export function checkWebApp(root: string): void {
  if (!existsSync(join(root, PAGE))) {
    throw new OperatorError('The web app is not built: run "npm run build:web" first');
  }
}

/** Serves the web app; its page answers for `/` and for every room's link, `/r/<room>`. */
export async function webApp(app: FastifyInstance, root: string): Promise<void> {
  await app.register(fastifyStatic, {
    root,
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.setHeader('cache-control', basename(dirname(path)) === HASHED_FOLDER ? FOREVER : REVALIDATE);
    },
  });
  for (const url of ['/', '/r/*']) {
    app.get(url, (_request, reply) => reply.sendFile(PAGE));
  }
}
