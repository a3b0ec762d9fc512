import { sql } from 'kysely';
import type { ColumnType, GeneratedAlways, Kysely, Transaction } from 'kysely';

/** The table as queries see it; a database with an outbox has it among its own. */
export interface OutboxTables {
  outbox: OutboxTable;
}

export interface OutboxTable {
  id: GeneratedAlways<number>;
  xid: GeneratedAlways<string>;
  written_at: GeneratedAlways<Date>;
  event: ColumnType<unknown, string, never>;
}

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
  trx: Transaction<OutboxTables>,
  events: readonly unknown[],
): Promise<void> {
  if (events.length === 0) return;
  await trx
    .insertInto('outbox')
    .values(events.map((event) => ({ event: JSON.stringify(event) })))
    .execute();
}

/**
 * What was committed after a position, in order, `most` at once. Nothing comes that is of a transaction younger than one
 * that still runs, so that nothing can come later that belongs before it.
 */
export async function readOutbox(
  db: Kysely<OutboxTables>,
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
export async function endOfOutbox(db: Kysely<OutboxTables>): Promise<OutboxPosition> {
  const { rows } = await sql<OutboxPosition>`
    select xid::text as xid, id::text as id from outbox
    where xid < pg_snapshot_xmin(pg_current_snapshot())
    order by outbox.xid desc, outbox.id desc limit 1`.execute(db);
  return rows[0] ?? OUTBOX_START;
}

/** Deletes what is older: who was away for longer loads again. */
export async function sweepOutbox(db: Kysely<OutboxTables>, before: Date): Promise<void> {
  await db.deleteFrom('outbox').where('written_at', '<', before).execute();
}
