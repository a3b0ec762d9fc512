import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Database } from '@parley/store';
import type { DatabaseOptions } from '@parley/store';
import { onTestFinished } from 'vitest';

/** Threads run what was built, since they do not read TypeScript. */
const WORKER = new URL('../../dist/embedded/worker.js', import.meta.url);

export const startDatabaseThread: NonNullable<DatabaseOptions['spawn']> = (workerData) =>
  // Not with the condition under which tests find sources.
  new Worker(WORKER, { workerData, execArgv: [] });

/** Gone when the test, or the file's tests, have ended. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-database-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

type OpenOptions = Partial<DatabaseOptions> & Pick<DatabaseOptions, 'migrations'>;

/** Closed by whoever opened it. */
export function openSharedDatabase<Tables>(options: OpenOptions): Promise<Database<Tables>> {
  return Database.open<Tables>({
    ...{ connections: 4, folder: '', log: () => undefined, spawn: startDatabaseThread },
    ...options,
  });
}

/** Closed when the test ends, and before if it likes. */
export async function openDatabase<Tables>(options: OpenOptions): Promise<Database<Tables>> {
  const database = await openSharedDatabase<Tables>(options);
  onTestFinished(() => database.close());
  return database;
}
