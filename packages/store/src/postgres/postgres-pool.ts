import { errorText, OperatorError } from '@parley/core';
import type { Log } from '@parley/core';
import pg from 'pg';
import { isUnavailable } from '../database-error.js';

export interface PostgresPoolOptions {
  /** `postgres://user:password@host:port/database?sslmode=…`. */
  url: string;
  /** Connections at most. */
  connections: number;
  log: Log;
}

/** Milliseconds. */
const CONNECT_TIMEOUT = 5_000;
const IDLE_TIMEOUT = 30_000;
/** Longer than any question of ours takes, shorter than anybody waits. */
const STATEMENT_TIMEOUT = 30_000;
const RETRY_INTERVAL = 1_000;
/** How long a database that is being started is waited for. */
const PATIENCE = 30_000;

/** Counts are numbers; the rest is read as `pg` does. */
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);

/** Connections to a PostgreSQL server. Those that break are replaced. */
export function createPostgresPool({ url, connections, log }: PostgresPoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    application_name: 'parley',
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    idleTimeoutMillis: IDLE_TIMEOUT,
    statement_timeout: STATEMENT_TIMEOUT,
    keepAlive: true,
    types,
  });
  pool.on('error', (error) => {
    log('warn', { reason: error.message }, 'An idle connection to the database broke');
  });
  return pool;
}

/** Waits for a server that is being started. Throws an OperatorError when it does not come, or refuses. */
export async function untilConnected(pool: pg.Pool, log: Log): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    try {
      (await pool.connect()).release();
      return;
    } catch (error) {
      if (!isUnavailable(error) || performance.now() > deadline) {
        throw new OperatorError(
          'database_failed',
          `The database of DATABASE_URL cannot be used: ${errorText(error)}`,
          { cause: error },
        );
      }
      log('warn', { reason: errorText(error) }, 'The database does not answer yet');
      await new Promise((resolve) => setTimeout(resolve, RETRY_INTERVAL));
    }
  }
}
