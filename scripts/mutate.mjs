import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { mutantsOf } from './mutation/mutants.mjs';
import { sample } from './mutation/sample.mjs';
import { runScript, setup, tool } from './setup.mjs';

const HELP = `npm run mutate -- [options] [source files]

Makes small mistakes in the sources, one at a time and not on disk, and counts those that a unit test notices.

  --package NAMES   packages whose sources are changed, separated by commas (default transport,sfu,livekit)
  --sample N        so many mistakes of each package, drawn by chance (default 100; 0 for all)
  --seed N          which ones (default 1)
  --least PERCENT   fails where fewer are noticed (default 80)
`;

const CONFIG = 'scripts/mutation/vitest.config.ts';
/** Milliseconds after which tests that still run are taken to have noticed: most mistakes of this kind loop for ever. */
const TIMEOUT = 180_000;

/** @typedef {{ file: string, text: string } & import('./mutation/mutants.mjs').Mutant} Candidate */

/** Files below a folder whose names end so. */
function filesBelow(folder, ending) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function candidatesOf(file) {
  const text = readFileSync(file, 'utf8');
  return mutantsOf(text).map((mutant) => ({ file, text, ...mutant }));
}

/** Runs test files, or those of a folder, with one mistake made; resolves with whether a test failed. */
async function isNoticed({ file, start, end, replacement }, tests) {
  const mutation = JSON.stringify({ file: resolve(file), start, end, replacement });
  const child = spawn(process.execPath, [tool('vitest', 'vitest'), 'run', '--config', CONFIG, ...tests], {
    stdio: 'ignore',
    env: { ...process.env, PARLEY_MUTATION: mutation },
    // A group of its own: what loops in a thread ends with it only when it is killed.
    detached: true,
  });
  const timer = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), TIMEOUT);
  const [code] = await once(child, 'exit');
  clearTimeout(timer);
  return code !== 0;
}

/** The tests named after the file first, since they are the likeliest to notice; then all of its package. */
async function judge(candidate) {
  const [, packageName] = /^packages\/([^/]+)\//.exec(candidate.file) ?? [];
  const folder = join('packages', packageName, 'test');
  const name = basename(candidate.file, '.ts');
  const own = filesBelow(folder, '.test.ts').filter((test) => basename(test).startsWith(name));
  if (own.length > 0 && (await isNoticed(candidate, own))) return true;
  return isNoticed(candidate, [folder]);
}

function describe({ file, text, start, end, replacement, operator }) {
  const line = text.slice(0, start).split('\n').length;
  const was = text.slice(start, end).replaceAll(/\s+/g, ' ').slice(0, 70);
  return `${file}:${line}: ${operator}: ${was} → ${replacement.slice(0, 40)}`;
}

/** Judges all candidates, as many at a time as there are cores; answers those that no test noticed. */
async function survivorsOf(candidates) {
  const survivors = [];
  const queue = candidates.entries();
  const work = async () => {
    for (const [index, candidate] of queue) {
      const noticed = await judge(candidate);
      if (!noticed) survivors.push(candidate);
      console.log(
        `${index + 1}/${candidates.length} ${noticed ? 'noticed ' : 'SURVIVED'} ${describe(candidate)}`,
      );
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return survivors;
}

await runScript(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      package: { type: 'string', default: 'transport,sfu,livekit' },
      sample: { type: 'string', default: '100' },
      seed: { type: 'string', default: '1' },
      least: { type: 'string', default: '80' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  setup();
  const groups =
    positionals.length > 0
      ? new Map([['the files given', positionals]])
      : new Map(
          values.package.split(',').map((name) => [name, filesBelow(join('packages', name, 'src'), '.ts')]),
        );
  let missed = false;
  const lines = [];
  for (const [name, files] of groups) {
    const all = files.flatMap(candidatesOf);
    const drawn = positionals.length > 0 ? all : sample(all, Number(values.sample), Number(values.seed));
    const survivors = await survivorsOf(drawn);
    const score = (100 * (drawn.length - survivors.length)) / Math.max(1, drawn.length);
    missed ||= score < Number(values.least);
    lines.push(
      `${name}: ${drawn.length - survivors.length} of ${drawn.length} noticed (${score.toFixed(0)} %), drawn from ${all.length}`,
    );
  }
  console.log(`\n${lines.join('\n')}`);
  process.exit(missed ? 1 : 0);
});
