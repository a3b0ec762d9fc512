import { CompiledQuery, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import type { DatabaseConnection, Dialect, Driver, Kysely, QueryResult } from 'kysely';
import type { EmbeddedEngine, EmbeddedSession } from './embedded-engine.js';

/** Kysely's PostgreSQL on the embedded engine. */
export class EmbeddedDialect implements Dialect {
  readonly #engine: EmbeddedEngine;

  constructor(engine: EmbeddedEngine) {
    this.#engine = engine;
  }

  createAdapter = () => new PostgresAdapter();
  createQueryCompiler = () => new PostgresQueryCompiler();
  createIntrospector = (db: Kysely<unknown>) => new PostgresIntrospector(db);
  createDriver = () => new EmbeddedDriver(this.#engine);
}

class EmbeddedDriver implements Driver {
  readonly #engine: EmbeddedEngine;

  constructor(engine: EmbeddedEngine) {
    this.#engine = engine;
  }

  init = () => Promise.resolve();
  acquireConnection = async () => new EmbeddedConnection(await this.#engine.take());
  beginTransaction = (connection: DatabaseConnection) => run(connection, 'begin');
  commitTransaction = (connection: DatabaseConnection) => run(connection, 'commit');
  rollbackTransaction = (connection: DatabaseConnection) => run(connection, 'rollback');
  destroy = () => this.#engine.close();

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
