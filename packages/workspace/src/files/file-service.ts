import type { BlobStore, ByteRange } from '@parley/store';
import type { Readable } from 'node:stream';
import { demand, openChannel } from '../messages/open-channel.js';
import type { ServiceOptions } from '../service-options.js';
import { WorkspaceError } from '../workspace-error.js';

/** A file that somebody may read. */
export interface OpenFile {
  /** Bytes that never change have an id that does not either. */
  blobId: string;
  name: string;
  type: string;
  size: number;
}

export const THUMBNAIL_TYPE = 'image/webp';

/** Files of messages, for who may read them at this moment. */
export class FileService {
  readonly #options: ServiceOptions & { blobs: BlobStore };

  constructor(options: ServiceOptions & { blobs: BlobStore }) {
    this.#options = options;
  }

  async open(userId: string, id: string): Promise<OpenFile> {
    const { blob_id: blobId, name, type, size } = await this.#find(userId, id);
    return { blobId, name, type, size };
  }

  async openThumbnail(userId: string, id: string): Promise<OpenFile> {
    const { thumbnail_id: blobId, name } = await this.#find(userId, id);
    if (blobId === null) throw noFile();
    const { size } = await this.#options.db
      .selectFrom('blobs')
      .select('size')
      .where('id', '=', blobId)
      .executeTakeFirstOrThrow();
    return { blobId, name, type: THUMBNAIL_TYPE, size };
  }

  read({ blobId }: OpenFile, range?: ByteRange): Promise<Readable> {
    return this.#options.blobs.read(blobId, range);
  }

  /** Until it is sent, only who uploaded it sees it. */
  async #find(userId: string, id: string) {
    const { db, now } = this.#options;
    const row = await db.selectFrom('attachments').selectAll().where('id', '=', id).executeTakeFirst();
    if (row === undefined) throw noFile();
    if (row.message_id === null) {
      if (row.user_id !== userId) throw noFile();
      return row;
    }
    demand(
      await openChannel(db, { userId, channelId: row.channel_id, now: now() }),
      'read_history',
      'read what was written before',
    );
    return row;
  }
}

function noFile(): WorkspaceError {
  return new WorkspaceError('not_found', 'There is no such file.');
}
