import { CompiledQuery, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import type { DatabaseConnection, Dialect, Driver, Kysely, QueryResult } from 'kysely';
import type { EmbeddedSession } from './embedded-engine.js';

/** Who gives the one session to whoever's turn it is. */
export interface EmbeddedSessions {
  take(): Promise<EmbeddedSession>;
  close(): Promise<void>;
}

/** Kysely's PostgreSQL on an engine with one session. */
export class EmbeddedDialect implements Dialect {
  readonly #sessions: EmbeddedSessions;

  constructor(sessions: EmbeddedSessions) {
    this.#sessions = sessions;
  }

  createAdapter = () => new PostgresAdapter();
  createQueryCompiler = () => new PostgresQueryCompiler();
  createIntrospector = (db: Kysely<unknown>) => new PostgresIntrospector(db);
  createDriver = () => new EmbeddedDriver(this.#sessions);
}

class EmbeddedDriver implements Driver {
  readonly #sessions: EmbeddedSessions;

  constructor(sessions: EmbeddedSessions) {
    this.#sessions = sessions;
  }

  init = () => Promise.resolve();
  acquireConnection = async () => new EmbeddedConnection(await this.#sessions.take());
  beginTransaction = (connection: DatabaseConnection) => run(connection, 'begin');
  commitTransaction = (connection: DatabaseConnection) => run(connection, 'commit');
  rollbackTransaction = (connection: DatabaseConnection) => run(connection, 'rollback');
  destroy = () => this.#sessions.close();

  releaseConnection(connection: EmbeddedConnection): Promise<void> {
    connection.release();
    return Promise.resolve();
  }
}

class EmbeddedConnection implements DatabaseConnection {
  readonly #session: EmbeddedSession;

  constructor(session: EmbeddedSession) {
    this.#session = session;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, affectedRows } = await this.#session.query({ sql, parameters });
    // Of which form rows are, the query says that was compiled.
    return { rows: rows as Row[], numAffectedRows: BigInt(affectedRows) };
  }

  streamQuery(): never {
    throw new Error('The embedded database streams nothing: read in pages');
  }

  release(): void {
    this.#session.release();
  }
}

async function run(connection: DatabaseConnection, statement: string): Promise<void> {
  await connection.executeQuery(CompiledQuery.raw(statement));
}
