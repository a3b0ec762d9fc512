import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { OperatorError } from '@parley/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HttpModule } from './http-module.js';

const PAGE = 'index.html';
/** Files here carry a hash of their content in their names. */
const HASHED_FOLDER = 'assets';
const FOREVER = 'public, max-age=31536000, immutable';
const REVALIDATE = 'no-cache';

/** Throws an OperatorError unless the web app has been built. */
export function checkWebApp(root: string): void {
  if (!existsSync(join(root, PAGE))) {
    throw new OperatorError('web_app_missing', 'The web app is not built: run "npm run build:web" first');
  }
}

/** Serves the files of the web app, its page among them. */
export async function serveFiles(app: FastifyInstance, root: string): Promise<void> {
  await app.register(fastifyStatic, {
    root,
    index: false,
    cacheControl: false,
    // The build has put compressed copies beside the files.
    preCompressed: true,
    setHeaders: (reply, path) => {
      reply.setHeader('vary', 'accept-encoding');
      reply.setHeader('cache-control', basename(dirname(path)) === HASHED_FOLDER ? FOREVER : REVALIDATE);
    },
  });
}

/** Where the page finds something to show: itself, rooms, and places and invitations of the workspace. */
const ADDRESSES = ['/', '/call', '/r/*', '/c/*', '/d', '/d/*', '/invite/*'];

export const pageModule: HttpModule = {
  name: 'page',
  asks: 'nobody',
  mount: (app) => {
    for (const url of ADDRESSES) app.get(url, (_request, reply) => sendPage(reply));
  },
};

/** Whether somebody looks at the address in a browser: programs are told of errors in JSON. */
export function asksForPage({ method, headers, url }: FastifyRequest): boolean {
  const isRead = method === 'GET' || method === 'HEAD';
  return isRead && !url.startsWith('/api/') && (headers.accept ?? '').includes('text/html');
}

/** The page, which finds out by its address what to show. */
export function sendPage(reply: FastifyReply): FastifyReply {
  return reply.sendFile(PAGE);
}
