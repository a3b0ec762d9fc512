import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** Of one event in the order in which all readers see them. Two texts of digits: 64 bits each. */
export interface OutboxPosition {
  xid: string;
  id: string;
}

export interface OutboxEntry {
  position: OutboxPosition;
  event: unknown;
}

/** Before everything. */
export const OUTBOX_START: OutboxPosition = { xid: '0', id: '0' };

/** Writes what happened, in the transaction in which it happened: both are there, or neither. */
export async function appendToOutbox(
  transaction: QueryExecutorProvider,
  events: readonly unknown[],
): Promise<void> {
  await sql`insert into outbox (event)
    select value from jsonb_array_elements(${JSON.stringify(events)}::jsonb) with ordinality order by ordinality`.execute(
    transaction,
  );
}

/**
 * What was committed after a position, in order, `most` at once. Nothing comes that is of a transaction younger than one
 * that still runs, so that nothing can come later that belongs before it.
 */
export async function readOutbox(
  db: QueryExecutorProvider,
  after: OutboxPosition,
  most: number,
): Promise<OutboxEntry[]> {
  const { rows } = await sql<{ xid: string; id: string; event: unknown }>`
    select xid::text as xid, id::text as id, event from outbox
    where (xid, id) > (${after.xid}::xid8, ${after.id}::bigint)
      and xid < pg_snapshot_xmin(pg_current_snapshot())
    order by outbox.xid, outbox.id limit ${most}`.execute(db);
  return rows.map(({ xid, id, event }) => ({ position: { xid, id }, event }));
}

/** The position of the newest that may be read, from which on a new reader reads. */
export async function endOfOutbox(db: QueryExecutorProvider): Promise<OutboxPosition> {
  const { rows } = await sql<OutboxPosition>`
    select xid::text as xid, id::text as id from outbox
    where xid < pg_snapshot_xmin(pg_current_snapshot())
    order by outbox.xid desc, outbox.id desc limit 1`.execute(db);
  return rows[0] ?? OUTBOX_START;
}

/** Deletes what is older: who was away for longer loads again. */
export async function sweepOutbox(db: QueryExecutorProvider, before: Date): Promise<void> {
  await sql`delete from outbox where written_at < ${before}`.execute(db);
}
