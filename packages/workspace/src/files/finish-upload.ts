import type { Upload } from '@parley/contract';
import type { BlobStore } from '@parley/store';
import { WorkspaceError } from '../workspace-error.js';
import { findUploaded, noUpload } from './upload-rows.js';
import type { UploadRow } from './upload-rows.js';
import type { FileOptions } from './file-options.js';
import { dropBlobs, keepBlobs, storeBlob } from './stored-blobs.js';

/**
 * Makes one file of the pieces of an upload. Interrupted, it is done from its beginning by whoever asks again; of two who do
 * it at once, one is first.
 */
export async function finishUpload(options: FileOptions, upload: UploadRow): Promise<Upload> {
  const { db, blobs, inspect, now } = options;
  const { id, user_id, channel_id, name, alt, voice_ms, voice_wave } = upload;
  const parts = await db
    .selectFrom('upload_parts')
    .select('blob_id')
    .where('upload_id', '=', id)
    .orderBy('position')
    .execute();
  const inspected = await inspect(joined(blobs, parts), upload.size);
  try {
    const { width, height, size, thumbnail } = inspected;
    const type = voice_ms === null ? inspected.type : soundOf(inspected.type);
    const blob_id = await storeBlob(options, inspected.content(), size);
    const thumbnail_id =
      thumbnail === undefined ? null : await storeBlob(options, once(thumbnail), thumbnail.length);
    const stored = thumbnail_id === null ? [blob_id] : [blob_id, thumbnail_id];
    const isFirst = await db.transaction().execute(async (trx) => {
      const gone = await trx.deleteFrom('uploads').where('id', '=', id).returning('id').executeTakeFirst();
      if (gone === undefined) return false;
      await trx
        .insertInto('attachments')
        .values({
          ...{ id, user_id, channel_id, message_id: null, copied_from: null, position: 0 },
          ...{ blob_id, thumbnail_id, name, type, size, width, height, alt, voice_ms, voice_wave },
          created_at: new Date(now()),
        })
        .execute();
      await keepBlobs(trx, stored);
      return true;
    });
    await dropBlobs(options, isFirst ? parts.map((part) => part.blob_id) : stored);
  } finally {
    await inspected.dispose();
  }
  const uploaded = await findUploaded(db, user_id, id);
  if (uploaded === undefined) throw noUpload();
  return uploaded;
}

/** What is recorded may be in the container of a video. */
function soundOf(type: string): string {
  if (/^(audio|video)\//.test(type)) return type.replace(/^video/, 'audio');
  throw new WorkspaceError('invalid', 'A voice message has to be sound.', { field: 'voice' });
}

async function* joined(blobs: BlobStore, parts: readonly { blob_id: string }[]): AsyncGenerator<Uint8Array> {
  for (const { blob_id } of parts) yield* (await blobs.read(blob_id)) as AsyncIterable<Uint8Array>;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
