import { Worker } from 'node:worker_threads';
import type { Log, WorkerLike } from '@parley/core';
import { Kysely, PostgresDialect, sql } from 'kysely';
import type { Migration } from 'kysely';
import { isUnavailable } from './database-error.js';
import { EmbeddedDialect } from './embedded/embedded-dialect.js';
import { EmbeddedEngine } from './embedded/embedded-engine.js';
import type { DatabaseProtocol, DatabaseThreadData } from './embedded/messages.js';
import { migrate } from './migrate.js';
import { createPostgresPool, untilConnected } from './postgres/postgres-pool.js';

export interface DatabaseOptions {
  /** Of a PostgreSQL server; absent: one is embedded. */
  url?: string | undefined;
  /** Connections to the server at most. */
  connections: number;
  /** Folder of the embedded one. */
  folder: string;
  /** By their names, in whose order they are applied. */
  migrations: Readonly<Record<string, Migration>>;
  log: Log;
  /** Starts the thread of the embedded one; default a worker thread. */
  spawn?: (data: DatabaseThreadData) => WorkerLike<DatabaseProtocol>;
}

interface Opened<Tables> {
  engine: 'embedded' | 'postgresql';
  db: Kysely<Tables>;
  waiting: () => number;
}

const WORKER = new URL('./embedded/worker.js', import.meta.url);

/** A PostgreSQL, embedded or on a server, whose tables are those of this version. */
export class Database<Tables> {
  readonly engine: 'embedded' | 'postgresql';
  /** For queries. `isUnavailable` and `isFull` tell what is thrown apart. */
  readonly db: Kysely<Tables>;
  readonly #waiting: () => number;

  private constructor({ engine, db, waiting }: Opened<Tables>) {
    this.engine = engine;
    this.db = db;
    this.#waiting = waiting;
  }

  /** Throws an OperatorError when it cannot be used. */
  static async open<Tables>(options: DatabaseOptions): Promise<Database<Tables>> {
    const { url, migrations } = options;
    const opened =
      url === undefined ? await openEmbedded<Tables>(options) : await openPostgres<Tables>(url, options);
    const database = new Database(opened);
    try {
      await migrate(database.db, migrations);
      return database;
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  /** Queries that wait for a connection. */
  get waiting(): number {
    return this.#waiting();
  }

  /** Whether it answers now. */
  async isReady(): Promise<boolean> {
    try {
      await sql`select 1`.execute(this.db);
      return true;
    } catch (error) {
      if (isUnavailable(error)) return false;
      throw error;
    }
  }

  /** What is under way is waited for. */
  close(): Promise<void> {
    return this.db.destroy();
  }
}

async function openEmbedded<Tables>({
  folder,
  log,
  spawn = startThread,
}: DatabaseOptions): Promise<Opened<Tables>> {
  const engine = new EmbeddedEngine({ spawn: () => spawn({ folder }), log });
  await engine.start();
  const db = new Kysely<Tables>({ dialect: new EmbeddedDialect(engine) });
  return { engine: 'embedded', db, waiting: () => engine.waiting };
}

async function openPostgres<Tables>(
  url: string,
  { connections, log }: DatabaseOptions,
): Promise<Opened<Tables>> {
  const pool = createPostgresPool({ url, connections, log });
  try {
    await untilConnected(pool, log);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { engine: 'postgresql', db, waiting: () => pool.waitingCount };
}

function startThread(workerData: DatabaseThreadData): WorkerLike<DatabaseProtocol> {
  return new Worker(WORKER, { workerData });
}
