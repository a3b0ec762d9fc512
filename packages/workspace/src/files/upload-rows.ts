import type { Upload } from '@parley/contract';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { UploadTable } from '../schema/file-tables.js';
import type { WorkspaceTables } from '../schema/tables.js';
import { WorkspaceError } from '../workspace-error.js';
import { attachmentOf } from './attachment-rows.js';

export type UploadRow = Selectable<UploadTable>;

/** An upload of somebody's that is not there as a whole; others see none. */
export function findUpload(
  db: Kysely<WorkspaceTables>,
  userId: string,
  id: string,
  { hold = false } = {},
): Promise<UploadRow | undefined> {
  return db
    .selectFrom('uploads')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .$if(hold, (query) => query.forUpdate())
    .executeTakeFirst();
}

/** One that is whole, until it is sent. */
export async function findUploaded(
  db: Kysely<WorkspaceTables>,
  userId: string,
  id: string,
): Promise<Upload | undefined> {
  const row = await db
    .selectFrom('attachments')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { size } = row;
  return { id, offset: size, size, expires_at: null, attachment: attachmentOf(row) };
}

export function uploadOf({ id, received, size, expires_at }: UploadRow): Upload {
  return { id, offset: received, size, expires_at: expires_at.toISOString(), attachment: null };
}

/** How much somebody has begun to upload, or has uploaded and not sent. */
export async function countOpen(trx: Transaction<WorkspaceTables>, userId: string): Promise<number> {
  const counted = await trx
    .selectNoFrom((is) => [
      is
        .selectFrom('uploads')
        .select(is.fn.countAll<number>().as('count'))
        .where('user_id', '=', userId)
        .as('begun'),
      is
        .selectFrom('attachments')
        .select(is.fn.countAll<number>().as('count'))
        .where('user_id', '=', userId)
        .where('message_id', 'is', null)
        .as('unsent'),
    ])
    .executeTakeFirstOrThrow();
  return (counted.begun ?? 0) + (counted.unsent ?? 0);
}

export function noUpload(): WorkspaceError {
  return new WorkspaceError('not_found', 'There is no such upload.', { remedy: 'Begin it again.' });
}
