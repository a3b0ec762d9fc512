import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { migrations } from '@parley/workspace';
import type { WorkspaceTables } from '@parley/workspace';
import {
  CompiledQuery,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
} from 'kysely';
import type { DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely';
import { beforeAll } from 'vitest';

/** One for all tests of a thread: starting it takes seconds, emptying it none. */
let running: Promise<PGlite> | undefined;

/** An empty database that was made when the store was built: making one takes far longer than copying it. */
const TEMPLATE = fileURLToPath(new URL('../../../store/build/template', import.meta.url));

// Not within a test's time: a busy machine takes long for it.
beforeAll(async () => {
  await (running ??= start());
}, 300_000);

/**
 * A PostgreSQL with the workspace's schema and nothing in it, whose one connection is taken in turn.
 *
 * @param onQuery told of every query.
 */
export async function openTestDatabase(
  onQuery: (sql: string) => void = () => undefined,
): Promise<Kysely<WorkspaceTables>> {
  running ??= start();
  const dialect = new EmbeddedDialect(await running);
  const db = new Kysely<WorkspaceTables>({ dialect });
  const { rows } = await sql<{ name: string }>`
    select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`.execute(db);
  await sql.raw(`truncate ${rows.map(({ name }) => name).join()}`).execute(db);
  return new Kysely<WorkspaceTables>({ dialect, log: ({ query }) => onQuery(query.sql) });
}

async function start(): Promise<PGlite> {
  const engine = await PGlite.create(copyOfTemplate());
  const dialect = new EmbeddedDialect(engine);
  const inOrder = Object.entries(migrations).sort(([one], [other]) => (one < other ? -1 : 1));
  for (const [, migration] of inOrder) await migration.up(new Kysely({ dialect }));
  return engine;
}

function copyOfTemplate(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-database-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  cpSync(TEMPLATE, folder, { recursive: true });
  return folder;
}

class EmbeddedDialect implements Dialect {
  readonly #engine: PGlite;

  constructor(engine: PGlite) {
    this.#engine = engine;
  }

  createAdapter = () => new PostgresAdapter();
  createQueryCompiler = () => new PostgresQueryCompiler();
  createIntrospector = (db: Kysely<unknown>) => new PostgresIntrospector(db);
  createDriver = () => new EmbeddedDriver(this.#engine);
}

class EmbeddedDriver implements Driver {
  readonly #connection: DatabaseConnection;
  readonly #waiting: (() => void)[] = [];
  #taken = false;

  constructor(engine: PGlite) {
    this.#connection = {
      executeQuery: async <Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> => {
        const { rows, affectedRows = 0 } = await engine.query<Row>(sql, [...parameters]);
        return { rows, numAffectedRows: BigInt(affectedRows) };
      },
      streamQuery: () => {
        throw new Error('Nothing is streamed here');
      },
    };
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    if (this.#taken) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#taken = true;
    return this.#connection;
  }

  releaseConnection(): Promise<void> {
    const next = this.#waiting.shift();
    if (next === undefined) this.#taken = false;
    else next();
    return Promise.resolve();
  }

  init = () => Promise.resolve();
  destroy = () => Promise.resolve();
  beginTransaction = (on: DatabaseConnection) => run(on, 'begin');
  commitTransaction = (on: DatabaseConnection) => run(on, 'commit');
  rollbackTransaction = (on: DatabaseConnection) => run(on, 'rollback');
}

async function run(connection: DatabaseConnection, statement: string): Promise<void> {
  await connection.executeQuery(CompiledQuery.raw(statement));
}
