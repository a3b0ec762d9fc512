import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { runScript, setup, tool } from './setup.mjs';

/** The soak has all the time it needs: whatever runs beside it comes first. */
const SOAK_PRIORITY = 5;
/** Enough to see what each visitor leaves behind; `npm run soak` takes longer. */
const SOAK_MINUTES = 6;

/** Runs a program on the same terminal; true when it succeeds. */
function run(title, program, args, environment = {}) {
  console.log(`\n${title}`);
  const options = { stdio: 'inherit', env: { ...process.env, ...environment } };
  return spawnSync(process.execPath, [program, ...args], options).status === 0;
}

/** Starts the soak in the background; resolves, when it has ended, with whether it succeeded and what it said. */
async function startSoak(folder, summary) {
  const log = join(folder, 'soak.log');
  const file = openSync(log, 'w');
  const soak = spawn(process.execPath, [tool('vitest', 'vitest'), 'run', '--project', 'soak'], {
    stdio: ['ignore', file, file],
    env: { ...process.env, PARLEY_SOAK_MINUTES: String(SOAK_MINUTES), PARLEY_TEST_SUMMARY: summary },
  });
  closeSync(file);
  setPriority(soak.pid, SOAK_PRIORITY);
  const [code] = await once(soak, 'exit');
  return { passed: code === 0, output: readFileSync(log, 'utf8') };
}

/** Adds up what test runs counted; one that left no summary failed. */
function addSummaries(files) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const file of files) {
    let counted = { passed: 0, failed: 1, skipped: 0 };
    try {
      counted = JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      // It died before its end.
    }
    for (const name of Object.keys(total)) total[name] += counted[name];
  }
  return total;
}

await runScript(async () => {
  setup({ tests: true });
  const given = process.argv.slice(2);
  // Who chooses what to run does not wait for the soak.
  const all = given.length === 0;
  const folder = mkdtempSync(join(tmpdir(), 'parley-test-'));
  const summaries = [join(folder, 'tests.json'), ...(all ? [join(folder, 'soak.json')] : [])];
  const soak = all ? startSoak(folder, summaries[1]) : undefined;
  const checks = [
    // First: lint reads the declarations that it writes.
    ['Types', tool('typescript', 'tsc'), ['--build']],
    ['Lint', tool('eslint', 'eslint'), ['.', '--max-warnings', '0']],
    [
      'Imports',
      tool('dependency-cruiser', 'depcruise'),
      ['--config', '.dependency-cruiser.mjs', 'packages', 'apps', 'bench'],
    ],
    ['Formatting', tool('prettier', 'prettier'), ['--check', '.']],
  ];
  const failed = checks.filter((check) => !run(...check)).map(([title]) => title);
  // Said before the tests, whose summary is the last line.
  if (failed.length > 0) console.error(`\nFailed: ${failed.join(', ')}`);
  const chosen = all
    ? ['unit', 'simulation', 'components', 'integration', 'browser'].flatMap((name) => ['--project', name])
    : given;
  let passed = run('Tests', tool('vitest', 'vitest'), ['run', ...chosen], {
    PARLEY_TEST_SUMMARY: summaries[0],
  });
  if (soak !== undefined) {
    console.log('\nWaiting for the soak, which was started before the checks');
    const result = await soak;
    console.log(result.output);
    passed &&= result.passed;
  }
  const total = addSummaries(summaries);
  rmSync(folder, { recursive: true, force: true });
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  process.exit(passed && failed.length === 0 ? 0 : 1);
});
