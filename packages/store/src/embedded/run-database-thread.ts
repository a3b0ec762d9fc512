import { parentPort } from 'node:worker_threads';
import { PGlite, types } from '@electric-sql/pglite';
import { SupervisedPort } from '@parley/core';
import type { RefusalFields } from '../database-error.js';
import { prepareDatabaseFolder } from './database-folder.js';
import { DurableFileSystem } from './durable-file-system.js';
import { DATABASE_PROTOCOL_VERSION } from './messages.js';
import { PreparedStatements } from './prepared-statements.js';
import type { DatabaseProtocol, DatabaseThreadData, Statement, StatementAnswer } from './messages.js';

/** Without `-F`, which turns syncing off; and with the only way to sync that reaches the file system. */
const START_PARAMETERS = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  ...['-c', 'wal_sync_method=fsync'],
  // An eighth of what a server takes for itself alone, since this one shares a process.
  ...['-c', 'shared_buffers=16MB'],
];

/** The program of the thread of the embedded database. Rejects when it cannot be opened. */
export async function runDatabaseThread({ folder }: DatabaseThreadData): Promise<void> {
  if (parentPort === null) throw new Error('The database thread is started by the server, not by itself');
  const lock = await prepareDatabaseFolder(folder);
  const engine = await PGlite.create({
    fs: new DurableFileSystem(folder),
    startParams: START_PARAMETERS,
    // As `pg` is told to: counts are numbers.
    parsers: { [types.INT8]: Number },
  });
  const statements = new PreparedStatements(engine);
  const supervisor = new SupervisedPort<DatabaseProtocol>({
    port: parentPort,
    version: DATABASE_PROTOCOL_VERSION,
    onMessage: () => undefined,
    onQuestion: (statement) => answer(statements, statement),
    onDrain: () => undefined,
    onShutdown: () => {
      void engine.close().finally(() => {
        lock.release();
      });
    },
  });
  process.on('uncaughtException', (error) => {
    supervisor.fatal(error);
    process.exit(1);
  });
  supervisor.ready(undefined);
}

async function answer(
  statements: PreparedStatements,
  { sql, parameters }: Statement,
): Promise<StatementAnswer> {
  try {
    const { rows, rowCount = 0 } = await statements.run(sql, parameters);
    return { type: 'result', rows, affectedRows: rowCount };
  } catch (error) {
    const refusal = refusalIn(error);
    // Anything else is the engine's own failure: whether it can go on, nobody knows.
    if (refusal === undefined) throw error;
    return { type: 'refused', refusal };
  }
}

function refusalIn(error: unknown): RefusalFields | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  const field = (name: string): string | undefined => {
    const value: unknown = Reflect.get(error, name);
    return typeof value === 'string' ? value : undefined;
  };
  return {
    ...{ message: error.message, code: error.code, detail: field('detail') },
    ...{ table: field('table'), column: field('column'), constraint: field('constraint') },
  };
}
