import { sql } from 'kysely';
import type { BlobStore } from '@parley/store';
import type { ServiceOptions } from '../service-options.js';
import { UNUSED_FOR } from './file-options.js';

const AT_ONCE = 100;
/** Milliseconds after which what one server has begun to delete is begun again, by whichever. */
const LEASE = 600_000;

/** Tables that refer to blobs, with the column that does. */
const REFERENCES = sql`
  select from attachments a where a.blob_id = blobs.id
  union all select from attachments a where a.thumbnail_id = blobs.id
  union all select from upload_parts p where p.blob_id = blobs.id`;

/** Deletes what nobody needs. Several servers may do it at once; interrupted at any place, it goes on with the next sweep. */
export class FileSweeper {
  readonly #options: ServiceOptions & { blobs: BlobStore };

  constructor(options: ServiceOptions & { blobs: BlobStore }) {
    this.#options = options;
  }

  /** Returns how many blobs were deleted. */
  async sweep(): Promise<number> {
    const { db, now } = this.#options;
    await db.deleteFrom('uploads').where('expires_at', '<=', new Date(now())).execute();
    await db
      .deleteFrom('attachments')
      .where('message_id', 'is', null)
      .where('created_at', '<=', new Date(now() - UNUSED_FOR))
      .execute();
    let deleted = 0;
    for (;;) {
      const { taken, gone } = await this.#sweepSome();
      deleted += gone;
      if (taken < AT_ONCE) return deleted;
    }
  }

  async #sweepSome(): Promise<{ taken: number; gone: number }> {
    const { db, blobs, now } = this.#options;
    const lease = new Date(now() + LEASE);
    const taken = await db
      .updateTable('blobs')
      .set({ check_at: lease })
      .where('id', 'in', (is) =>
        is
          .selectFrom('blobs')
          .select('id')
          .where('check_at', '<=', new Date(now()))
          .orderBy('check_at')
          .limit(AT_ONCE)
          .forUpdate()
          .skipLocked(),
      )
      .returning('id')
      .execute();
    if (taken.length === 0) return { taken: 0, gone: 0 };
    const ids = taken.map(({ id }) => id);
    // Not where something has gone meanwhile: that has set the time anew.
    await db
      .updateTable('blobs')
      .set({ check_at: null })
      .where('id', 'in', ids)
      .where('check_at', '=', lease)
      .where(sql<boolean>`exists (${REFERENCES})`)
      .execute();
    // What nothing refers to is never referred to again.
    const unused = await db
      .selectFrom('blobs')
      .select('id')
      .where('id', 'in', ids)
      .where(sql<boolean>`not exists (${REFERENCES})`)
      .execute();
    for (const { id } of unused) {
      await blobs.delete(id);
      await db.deleteFrom('blobs').where('id', '=', id).execute();
    }
    return { taken: taken.length, gone: unused.length };
  }
}
