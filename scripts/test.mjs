import { spawnSync } from 'node:child_process';
import { runScript, setup, tool } from './setup.mjs';

/** Runs a program on the same terminal; true when it succeeds. */
function run(title, program, args) {
  console.log(`\n${title}`);
  return spawnSync(process.execPath, [program, ...args], { stdio: 'inherit' }).status === 0;
}

await runScript(() => {
  setup({ browsers: true });
  const checks = [
    // First: lint reads the declarations that it writes.
    ['Types', tool('typescript', 'tsc'), ['--build']],
    ['Lint', tool('eslint', 'eslint'), ['.', '--max-warnings', '0']],
    ['Formatting', tool('prettier', 'prettier'), ['--check', '.']],
  ];
  const failed = checks.filter((check) => !run(...check)).map(([title]) => title);
  // Said before the tests, whose summary is the last line.
  if (failed.length > 0) console.error(`\nFailed: ${failed.join(', ')}`);
  const passed = run('Tests', tool('vitest', 'vitest'), ['run', ...process.argv.slice(2)]);
  process.exit(passed && failed.length === 0 ? 0 : 1);
});
