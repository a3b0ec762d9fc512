import { errorText, OperatorError } from '@parley/core';
import { Migrator, sql } from 'kysely';
import type { Kysely, Migration } from 'kysely';

/**
 * Brings a database's tables to what this version needs: all that is missing in one transaction, under a lock that the
 * others wait for when several servers start at once. Throws an OperatorError when it fails.
 *
 * @param migrations By their names, whose order is theirs: `0001-accounts`. None is ever changed once it was released.
 */
export async function migrate<Tables>(
  db: Kysely<Tables>,
  migrations: Readonly<Record<string, Migration>>,
): Promise<void> {
  const provider = { getMigrations: () => Promise.resolve({ ...migrations }) };
  const { error } = await db.connection().execute(async (one) => {
    // An index over a large table takes longer than any question, and so does waiting for another server that makes it.
    await sql`set statement_timeout = 0`.execute(one);
    try {
      return await new Migrator({ db: one, provider, allowUnorderedMigrations: false }).migrateToLatest();
    } finally {
      await sql`reset statement_timeout`.execute(one);
    }
  });
  if (error === undefined) return;
  const missing = /previously executed migration (\S+) is missing/.exec(errorText(error))?.[1];
  throw new OperatorError(
    'database_failed',
    missing === undefined
      ? `The tables of the database cannot be brought to this version: ${errorText(error)}`
      : `The database was used by a newer Parley, which made ${missing} in it: start that version, or restore a backup`,
    { cause: error },
  );
}
