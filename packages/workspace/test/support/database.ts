import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { EmbeddedDialect, PreparedStatements, Turns } from '@parley/store';
import { migrations } from '@parley/workspace';
import type { WorkspaceTables } from '@parley/workspace';
import { Kysely, sql } from 'kysely';
import { beforeAll } from 'vitest';

/** One for all tests of a thread: starting it takes seconds, emptying it none. */
let running: Promise<PreparedStatements> | undefined;

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
  const dialect = dialectOn(await running);
  const db = new Kysely<WorkspaceTables>({ dialect });
  const { rows } = await sql<{ name: string }>`
    select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`.execute(db);
  await sql.raw(`truncate ${rows.map(({ name }) => name).join()}`).execute(db);
  return new Kysely<WorkspaceTables>({ dialect, log: ({ query }) => onQuery(query.sql) });
}

async function start(): Promise<PreparedStatements> {
  const statements = new PreparedStatements(await PGlite.create(copyOfTemplate()));
  const dialect = dialectOn(statements);
  const inOrder = Object.entries(migrations).sort(([one], [other]) => (one < other ? -1 : 1));
  for (const [, migration] of inOrder) await migration.up(new Kysely({ dialect }));
  return statements;
}

function copyOfTemplate(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-database-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  cpSync(TEMPLATE, folder, { recursive: true });
  return folder;
}

/** The engine in this thread, whose one session is taken in turn. */
function dialectOn(statements: PreparedStatements): EmbeddedDialect {
  const turns = new Turns();
  return new EmbeddedDialect({
    take: async () => ({
      query: async ({ sql: text, parameters }) => {
        const { rows, rowCount = 0 } = await statements.run(text, parameters);
        return { type: 'result', rows, affectedRows: rowCount };
      },
      release: await turns.take(),
    }),
    // It goes on for the other tests of the thread.
    close: () => Promise.resolve(),
  });
}
