import { PIECE_BYTES } from '@parley/contract';
import type { Upload, UploadRequest } from '@parley/contract';
import type { Kysely } from 'kysely';
import { changing } from '../communities/visit.js';
import { FloodGate } from '../flood-gate.js';
import { newId } from '../ids.js';
import { checkLimit } from '../limits.js';
import { demand, inChannel } from '../messages/open-channel.js';
import type { WorkspaceTables } from '../schema/tables.js';
import { WorkspaceError } from '../workspace-error.js';
import { cleanFileName } from './file-name.js';
import { UNUSED_FOR } from './file-options.js';
import type { FileOptions } from './file-options.js';
import { finishUpload } from './finish-upload.js';
import { dropBlobs, keepBlobs, storeBlob, storedBytes } from './stored-blobs.js';
import { countOpen, findUpload, findUploaded, noUpload, uploadOf } from './upload-rows.js';
import type { UploadRow } from './upload-rows.js';

export interface Piece {
  /** Where it begins. */
  offset: number;
  size: number;
  bytes: AsyncIterable<Uint8Array>;
}

/** Of one person. */
const BEGINNINGS = { burst: 30, interval: 1000 };

/** Files on their way, piece by piece. What has come is kept when the connection is lost, and for a day. */
export class UploadService {
  readonly gate = new FloodGate('begin uploads', BEGINNINGS);
  readonly #options: FileOptions;
  /** Uploads of which a piece is being taken, or a file made. */
  readonly #busy = new Set<string>();

  constructor(options: FileOptions) {
    this.#options = options;
  }

  async begin(userId: string, request: UploadRequest): Promise<Upload> {
    const { channel_id: channelId, name, size, alt, voice } = request;
    this.gate.pass(userId, this.#options.now());
    return inChannel(this.#options, { userId, channelId }, async (visit) => {
      const { trx, now } = visit;
      if (voice === null) demand(visit, 'attach_files', 'attach files');
      else demand(visit, 'send_voice_messages', 'send voice messages');
      this.#checkSize(size);
      checkLimit('openUploads', await countOpen(trx, userId));
      await this.#checkSpace(trx, ({ there, toCome }) => there + toCome + size);
      const row = await trx
        .insertInto('uploads')
        .values({
          ...{ id: newId(now, this.#options.random), user_id: userId, channel_id: channelId, size, alt },
          ...{ name: cleanFileName(name), voice_ms: voice?.duration_ms ?? null },
          ...{ voice_wave: voice?.wave ?? null, expires_at: new Date(now + UNUSED_FOR) },
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      return uploadOf(row);
    });
  }

  async state(userId: string, id: string): Promise<Upload> {
    const row = await findUpload(this.#options.db, userId, id);
    if (row !== undefined) return uploadOf(row);
    const uploaded = await findUploaded(this.#options.db, userId, id);
    if (uploaded === undefined) throw noUpload();
    return uploaded;
  }

  /** Takes the next bytes. With the last ones, or again without any, the file is made of all of them. */
  async append(userId: string, id: string, piece: Piece): Promise<Upload> {
    const row = await findUpload(this.#options.db, userId, id);
    // An answer may have been lost: all of it is there.
    if (row === undefined) return this.state(userId, id);
    if (this.#busy.has(id)) throw busy();
    checkPiece(row, piece);
    this.#busy.add(id);
    try {
      const received = piece.size === 0 ? row : await this.#store(row, piece);
      if (received.received < received.size) return uploadOf(received);
      return await finishUpload(this.#options, received);
    } finally {
      this.#busy.delete(id);
    }
  }

  async cancel(userId: string, id: string): Promise<void> {
    await changing(this.#options, async ({ trx }) => {
      const begun = await trx
        .deleteFrom('uploads')
        .where('id', '=', id)
        .where('user_id', '=', userId)
        .returning('id')
        .executeTakeFirst();
      const unsent = await trx
        .deleteFrom('attachments')
        .where('id', '=', id)
        .where('user_id', '=', userId)
        .where('message_id', 'is', null)
        .returning('id')
        .executeTakeFirst();
      if (begun === undefined && unsent === undefined) throw noUpload();
    });
  }

  /** Not in one transaction: whoever has one may wait for nothing but the database. */
  async #store({ id, user_id }: UploadRow, { offset, size, bytes }: Piece): Promise<UploadRow> {
    const { db, now } = this.#options;
    await this.#checkSpace(db, ({ there }) => there + size);
    const blobId = await storeBlob(this.#options, bytes, size);
    const kept = await db.transaction().execute(async (trx) => {
      const row = await findUpload(trx, user_id, id, { hold: true });
      // It was ended, or the same piece came to another server at the same time.
      if (row?.received !== offset) return undefined;
      await trx
        .insertInto('upload_parts')
        .values({ upload_id: id, position: offset, blob_id: blobId })
        .execute();
      await keepBlobs(trx, [blobId]);
      return trx
        .updateTable('uploads')
        .set({ received: offset + size, expires_at: new Date(now() + UNUSED_FOR) })
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirstOrThrow();
    });
    if (kept !== undefined) return kept;
    await dropBlobs(this.#options, [blobId]);
    throw (await findUpload(db, user_id, id)) === undefined ? noUpload() : busy();
  }

  async #checkSpace(
    db: Kysely<WorkspaceTables>,
    after: (bytes: Awaited<ReturnType<typeof storedBytes>>) => number,
  ): Promise<void> {
    const { storedBytes: most } = this.#options.limits;
    if (most === undefined || after(await storedBytes(db)) <= most) return;
    throw new WorkspaceError('storage_full', 'No more files fit into what is set for this server.', {
      remedy: 'Tell whoever runs it.',
    });
  }

  #checkSize(size: number): void {
    const { fileBytes } = this.#options.limits;
    if (size <= fileBytes) return;
    throw new WorkspaceError('file_too_large', `A file may have ${fileBytes} bytes at most.`, {
      field: 'size',
      remedy: 'Make it smaller, or share a link to it.',
    });
  }
}

function checkPiece({ received, size }: UploadRow, piece: Piece): void {
  if (piece.size > PIECE_BYTES || piece.offset + piece.size > size) {
    throw new WorkspaceError('file_too_large', 'These are more bytes than were to come.', {
      remedy: `Send at most ${PIECE_BYTES} bytes at a time, and no more than were announced.`,
    });
  }
  if (piece.offset === received) return;
  throw new WorkspaceError('conflict', `The next bytes begin at ${received}.`, {
    field: 'Upload-Offset',
    remedy: 'Ask how far the upload is, and go on there.',
  });
}

function busy(): WorkspaceError {
  return new WorkspaceError('conflict', 'Bytes of this upload are being taken at the moment.', {
    remedy: 'Ask in a moment how far the upload is, and go on there.',
  });
}
