import { filePath, noInput, uploadPath } from '@parley/contract';
import { BlobMissing } from '@parley/store';
import type { FileService, OpenFile } from '@parley/workspace';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import type { HttpModule } from '../http-module.js';
import { readRange } from './byte-range.js';
import { ProblemError } from './problems.js';
import { streamRoute } from './stream-route.js';
import { v1Module } from './v1-module.js';
import type { V1Options } from './v1-module.js';

/** Of one client address in a minute: a page of a channel shows dozens of pictures, and an office is one address. */
const FILES = 6000;
/** Shown in the page. All else is saved: HTML, SVG, PDF and whatever may do something. */
const SHOWN = /^(image\/(jpeg|png|gif|webp|avif)|(audio|video)\/(mp4|mpeg|ogg|webm|wav|flac|aac|quicktime))$/;

/** Files of messages: bytes with the type that they have, where nothing of them runs. */
export function filesModule(files: FileService, options: V1Options): HttpModule {
  const common = { method: 'GET', output: noInput, status: 200, perMinute: FILES } as const;
  return v1Module('files', options, [
    streamRoute({
      ...{ ...common, path: '/api/v1/files/:id/thumbnail', input: uploadPath },
      ...{ summary: 'The small picture of a file', content: { answer: 'image/webp' } },
      handle: async ({ id }, { account, request, reply }) =>
        sendFile(files, await files.openThumbnail(account.userId, id), request, reply),
    }),
    streamRoute({
      ...{ ...common, path: '/api/v1/files/:id/:name', input: filePath },
      ...{
        summary: 'The bytes of a file, or a range of them',
        content: { answer: 'application/octet-stream' },
      },
      handle: async ({ id }, { account, request, reply }) =>
        sendFile(files, await files.open(account.userId, id), request, reply),
    }),
  ]);
}

async function sendFile(
  files: FileService,
  file: OpenFile,
  { method, headers }: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const etag = `"${file.blobId}"`;
  reply.headers({
    etag,
    'accept-ranges': 'bytes',
    // Asked for again each time, and answered in a few bytes: who may read it may be another one now.
    'cache-control': 'private, no-cache',
    'content-type': file.type,
    'content-disposition': dispositionOf(file),
    'content-security-policy':
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
  });
  const had = headers['if-none-match']?.split(/\s*,\s*/) ?? [];
  if (had.includes(etag) || had.includes('*')) return reply.code(304).send();
  // A part of what was another file is of no use.
  const isSame = headers['if-range'] === undefined || headers['if-range'] === etag;
  const range = readRange(isSame ? headers.range : undefined, file.size);
  if (range === undefined) {
    reply.header('content-range', `bytes */${file.size}`);
    return reply.code(416).send();
  }
  const part = range === 'all' ? undefined : range;
  const length = part === undefined ? file.size : part.end - part.start + 1;
  reply.header('content-length', length);
  if (part !== undefined) {
    reply.code(206).header('content-range', `bytes ${part.start}-${part.end}/${file.size}`);
  }
  // Without bytes, the framework would say that there are none.
  if (method === 'HEAD') return reply.send(Readable.from([]));
  return reply.send(await readFile(files, file, part));
}

async function readFile(
  files: FileService,
  file: OpenFile,
  part: { start: number; end: number } | undefined,
) {
  try {
    return await files.read(file, part);
  } catch (error) {
    if (!(error instanceof BlobMissing)) throw error;
    throw new ProblemError(404, 'not_found', 'The file is not there any more.');
  }
}

/** With a name for who saves it: in ASCII, and as it is (RFC 6266). */
function dispositionOf({ name, type }: OpenFile): string {
  const kind = SHOWN.test(type) ? 'inline' : 'attachment';
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
