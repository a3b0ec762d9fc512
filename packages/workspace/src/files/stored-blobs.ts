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
  { db, blobs, now, random }: ServiceOptions & { blobs: BlobStore },
  source: AsyncIterable<Uint8Array>,
  size: number,
): Promise<string> {
  const id = newId(now(), random);
  const row = { id, size, check_at: new Date(now() + UNUSED_FOR) };
  await db.insertInto('blobs').values(row).execute();
  try {
    await blobs.put(id, source, size);
  } catch (error) {
    await checkBlobs(db, [id]);
    throw error;
  }
  return id;
}

/** Something refers to them now, in the same transaction. */
export async function keepBlobs(trx: Transaction<WorkspaceTables>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await trx.updateTable('blobs').set({ check_at: null }).where('id', 'in', ids).execute();
}

/** Nothing may refer to them any more. */
export async function checkBlobs(db: Kysely<WorkspaceTables>, ids: readonly string[]): Promise<void> {
  await db
    .updateTable('blobs')
    .set({ check_at: new Date(0) })
    .where('id', 'in', ids)
    .execute();
}

/** Bytes of all that is stored, and of what is being uploaded. */
export async function storedBytes(db: Kysely<WorkspaceTables>): Promise<number> {
  const { rows } = await sql<{ bytes: string }>`
    select (select coalesce(sum(size), 0) from blobs) + (select coalesce(sum(size), 0) from uploads) as bytes`.execute(
    db,
  );
  return Number(rows[0]?.bytes);
}
