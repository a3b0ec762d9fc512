import type { BlobStore } from '@parley/store';
import { sql } from 'kysely';
import type { Kysely, Transaction } from 'kysely';
import { newId } from '../ids.js';
import type { WorkspaceTables } from '../schema/tables.js';
import type { ServiceOptions } from '../service-options.js';
import { UNUSED_FOR } from './file-options.js';

/**
 * Stores bytes as a blob, which is deleted after a day unless it is kept: its row is there before its bytes, so that none
 * is forgotten.
 */
export async function storeBlob(
  options: ServiceOptions & { blobs: BlobStore },
  source: AsyncIterable<Uint8Array>,
  size: number,
): Promise<string> {
  const { db, blobs, now, random } = options;
  const id = newId(now(), random);
  const row = { id, size, check_at: new Date(now() + UNUSED_FOR) };
  await db.insertInto('blobs').values(row).execute();
  try {
    await blobs.put(id, source, size);
  } catch (error) {
    await dropBlobs(options, [id]);
    throw error;
  }
  return id;
}

/** Something refers to them now, in the same transaction. */
export async function keepBlobs(trx: Transaction<WorkspaceTables>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await trx.updateTable('blobs').set({ check_at: null }).where('id', 'in', ids).execute();
}

/** Deletes what nothing refers to at once. Where that does not succeed, it is for a sweep. */
export async function dropBlobs(
  { db, blobs }: Pick<ServiceOptions, 'db'> & { blobs: BlobStore },
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  try {
    await db
      .updateTable('blobs')
      .set({ check_at: new Date(0) })
      .where('id', 'in', ids)
      .execute();
    for (const id of ids) await blobs.delete(id);
    await db.deleteFrom('blobs').where('id', 'in', ids).execute();
  } catch {
    // Whatever they were of has succeeded, or failed for a reason of its own.
  }
}

/** Bytes of all that is stored, and of what is still to come of uploads. */
export async function storedBytes(db: Kysely<WorkspaceTables>): Promise<{ there: number; toCome: number }> {
  const { rows } = await sql<{ there: string; to_come: string }>`
    select (select coalesce(sum(size), 0) from blobs) as there,
      (select coalesce(sum(size - received), 0) from uploads) as to_come`.execute(db);
  return { there: Number(rows[0]?.there), toCome: Number(rows[0]?.to_come) };
}
