import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isUnavailable } from '@parley/store';
import { sql } from 'kysely';
import type { Migration } from 'kysely';
import { describe, expect, test } from 'vitest';
import { openDatabase, startDatabaseThread, temporaryFolder } from '../support/databases.js';

const WRITER = fileURLToPath(new URL('../support/writer.mjs', import.meta.url));

const numbers: Migration = {
  up: async (db) => {
    await sql`create table numbers (number integer primary key)`.execute(db);
  },
};
const migrations = { '0001-numbers': numbers };

/** Lets a process write until it said that so many rows more are committed, and kills it; answers the last. */
async function writeAndDie(folder: string, rows: number): Promise<number> {
  const writer = spawn(process.execPath, [WRITER, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(writer, 'exit');
  let said = 0;
  let last = 0;
  for await (const line of createInterface({ input: writer.stdout })) {
    last = Number(line);
    said += 1;
    if (said === rows) writer.kill('SIGKILL');
  }
  await exit;
  return last;
}

describe('the embedded database', () => {
  test('has all that it said was committed when its process is killed, again and again', async () => {
    const folder = join(temporaryFolder(), 'database');
    let last = 0;
    for (const rows of [1, 30, 200]) last = await writeAndDie(folder, rows);
    expect(last).toBeGreaterThanOrEqual(231);
    const { db } = await openDatabase({ folder, migrations });
    const { rows } = await sql<{ count: number; greatest: number }>`
      select count(*) as count, max(number) as greatest from numbers`.execute(db);
    // The one that was on its way when the process was killed may be there.
    expect([last, last + 1]).toContain(rows[0]!.count);
    expect(rows[0]!.greatest).toBe(rows[0]!.count);
  }, 120_000);

  test("is one process's at a time", async () => {
    const folder = join(temporaryFolder(), 'database');
    await openDatabase({ folder, migrations });
    await expect(openDatabase({ folder, migrations })).rejects.toThrow(
      `The embedded database cannot be opened: another Parley uses ${folder}: end it, or set another data_dir (PARLEY_DATA_DIR)`,
    );
  });

  test('is not opened by another version of the engine', async () => {
    const folder = join(temporaryFolder(), 'database');
    mkdirSync(folder);
    writeFileSync(join(folder, 'PG_VERSION'), '17\n');
    await expect(openDatabase({ folder, migrations })).rejects.toThrow(
      /database is of PostgreSQL 17, and this Parley has 18: start the Parley that made it/,
    );
  });

  test('says that its path is too long for a socket', async () => {
    const folder = join(temporaryFolder(), 'x'.repeat(100), 'database');
    await expect(openDatabase({ folder, migrations })).rejects.toThrow(
      /is too long: choose a shorter data_dir/,
    );
  });

  test('is unavailable when its thread dies, transactions included, and back by itself', async () => {
    const threads: ReturnType<typeof startDatabaseThread>[] = [];
    const { db } = await openDatabase({
      folder: join(temporaryFolder(), 'database'),
      migrations,
      spawn: (data) => {
        const thread = startDatabaseThread(data);
        threads.push(thread);
        return thread;
      },
    });
    const interrupted = db.transaction().execute(async (trx) => {
      await sql`insert into numbers values (1)`.execute(trx);
      await threads[0]!.terminate();
      await sql`insert into numbers values (2)`.execute(trx);
    });
    expect(isUnavailable(await interrupted.catch((error: unknown) => error))).toBe(true);
    await expect
      .poll(
        async () => {
          try {
            return (await sql`select * from numbers`.execute(db)).rows;
          } catch (error) {
            if (isUnavailable(error)) return 'unavailable';
            throw error;
          }
        },
        { timeout: 30_000 },
      )
      .toEqual([]);
  }, 60_000);
});
