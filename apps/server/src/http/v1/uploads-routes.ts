import { noInput, upload, uploadPath, uploadRequest } from '@parley/contract';
import type { Upload } from '@parley/contract';
import type { UploadService } from '@parley/workspace';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import type { HttpModule } from '../http-module.js';
import { ProblemError } from './problems.js';
import { CHANGES, MESSAGES, READS } from './rates.js';
import { streamRoute } from './stream-route.js';
import { accountRoute, v1Module } from './v1-module.js';
import type { V1Options } from './v1-module.js';

const UPLOAD = '/api/v1/uploads/:id';
/** Of tus 1.0, for the bytes of an upload. */
const PIECE_TYPE = 'application/offset+octet-stream';
const TUS = '1.0.0';

/** Files on their way to the server. Once an upload is begun, it is asked for, sent and ended as tus 1.0 has it. */
export function uploadsModule(uploads: UploadService, options: V1Options): HttpModule {
  const module = v1Module('uploads', options, [
    accountRoute({
      ...{ method: 'POST', path: '/api/v1/channels/:channel_id/uploads', status: 201, perMinute: CHANGES },
      ...{ input: uploadRequest, output: upload, summary: 'Begins an upload for a message in a channel' },
      handle: (request, { account }) => uploads.begin(account.userId, request),
    }),
    streamRoute({
      ...{ method: 'GET', path: UPLOAD, input: uploadPath, output: upload, status: 200, perMinute: READS },
      summary: 'Says how far an upload is; of one that is whole the attachment',
      handle: async ({ id }, { account, reply }) => {
        const state = await uploads.state(account.userId, id);
        return told(reply, state).send(state);
      },
    }),
    streamRoute({
      ...{ method: 'PATCH', path: UPLOAD, input: uploadPath, output: noInput, status: 204 },
      summary: 'Brings the next bytes of an upload',
      ...{ content: { request: PIECE_TYPE }, perMinute: MESSAGES },
      handle: async ({ id }, { account, request, reply }) => {
        const state = await received(request, uploads.append(account.userId, id, pieceOf(request)));
        return told(reply, state).code(204).send();
      },
    }),
    accountRoute({
      ...{ method: 'DELETE', path: UPLOAD, input: uploadPath, output: noInput, status: 204 },
      ...{ perMinute: CHANGES, summary: 'Ends an upload, or takes away what was uploaded and not sent' },
      handle: async ({ id }, { account }) => {
        await uploads.cancel(account.userId, id);
        return {};
      },
    }),
  ]);
  return {
    ...module,
    mount: async (app) => {
      app.addHook('onSend', async (_request, reply, payload) => {
        void reply.header('tus-resumable', TUS);
        return payload;
      });
      await module.mount?.(app);
    },
  };
}

function pieceOf({ headers, body }: FastifyRequest) {
  // Without a type, and without bytes.
  if (!(body instanceof Readable)) {
    throw new ProblemError(415, 'unsupported_media_type', `The type of bytes has to be ${PIECE_TYPE}.`, {
      field: 'Content-Type',
    });
  }
  const size = wholeNumber(headers['content-length']);
  if (size === undefined) {
    throw new ProblemError(400, 'invalid_request', 'The request does not say how many bytes it has.', {
      field: 'Content-Length',
    });
  }
  const offset = wholeNumber(headers['upload-offset']);
  if (offset === undefined) {
    throw new ProblemError(400, 'invalid_request', 'The request does not say where its bytes begin.', {
      field: 'Upload-Offset',
    });
  }
  return { offset, size, bytes: body };
}

/** A connection that is lost is nobody's mistake, and nothing that is logged. */
async function received(request: FastifyRequest, appended: Promise<Upload>): Promise<Upload> {
  try {
    return await appended;
  } catch (error) {
    if (!request.raw.readableAborted) throw error;
    throw new ProblemError(400, 'invalid_request', 'The connection was lost before all bytes had come.');
  }
}

function told(reply: FastifyReply, { offset, size }: Upload): FastifyReply {
  return reply.headers({ 'upload-offset': offset, 'upload-length': size });
}

function wholeNumber(text: string | string[] | undefined): number | undefined {
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
