// Prints what the embedded database costs, as PGlite comes and as it is used here: decision 22 has the figures of one run.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const COMMITS = 1_000;
const TEXT = 'x'.repeat(100);

/** Opens a database, as it comes or as it is used here, and answers with how to run a statement in it and to close it. */
async function open(asItComes, folder) {
  if (asItComes) {
    const { PGlite } = await import('@electric-sql/pglite');
    const engine = await PGlite.create({ dataDir: folder });
    return { run: (text, values) => engine.query(text, values), close: () => engine.close() };
  }
  const { Database } = await import('@parley/store');
  const { CompiledQuery } = await import('kysely');
  const log = () => undefined;
  const database = await Database.open({ connections: 1, folder, migrations: {}, log });
  return {
    run: (text, values) => database.db.executeQuery(CompiledQuery.raw(text, values)),
    close: () => database.close(),
  };
}

/** In a process of its own each time: memory that one has taken does not come back. */
async function measure({ asItComes, folder }) {
  const start = performance.now();
  const { run, close } = await open(asItComes, folder);
  const opened = performance.now();
  const memory = process.memoryUsage.rss();
  await run('create table if not exists measured (id integer, text text)', []);
  const first = performance.now();
  for (let id = 0; id < COMMITS; id += 1) await run('insert into measured values ($1, $2)', [id, TEXT]);
  const last = performance.now();
  await close();
  return { opened: opened - start, memory, commits: last - first };
}

const [, , given] = process.argv;
if (given !== undefined) console.log(JSON.stringify(await measure(JSON.parse(given))));
else compare();

function compare() {
  for (const asItComes of [true, false]) {
    const parent = mkdtempSync(join(tmpdir(), 'parley-measure-'));
    const folder = join(parent, 'database');
    for (const when of ['new', 'there already']) {
      const args = [fileURLToPath(import.meta.url), JSON.stringify({ asItComes, folder })];
      const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
      const { opened, memory, commits } = JSON.parse(stdout);
      console.log(
        `${asItComes ? 'as it comes' : 'as used here'}, ${when}: open after ${(opened / 1000).toFixed(1)} s, ` +
          `${Math.round(memory / 1e6)} MB resident, ${COMMITS} commits in ${(commits / 1000).toFixed(1)} s`,
      );
    }
    rmSync(parent, { recursive: true, force: true });
  }
}
