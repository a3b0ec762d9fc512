// Builds the addon with the address and undefined-behaviour sanitizers and runs this package's tests against it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packageFolder = dirname(dirname(fileURLToPath(import.meta.url)));
const repositoryFolder = dirname(dirname(packageFolder));

/** Where the compiler has a library, as an absolute path. */
function library(name) {
  const { stdout } = spawnSync('c++', [`-print-file-name=${name}`], { encoding: 'utf8' });
  const file = stdout?.trim() ?? '';
  if (!existsSync(file)) {
    console.error(`The compiler has no ${name}: apt-get install g++ brings it.`);
    process.exit(1);
  }
  return file;
}

function run(command, args, environment = {}) {
  const { status } = spawnSync(command, args, {
    cwd: repositoryFolder,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  if (status !== 0) process.exit(status ?? 1);
}

run(process.execPath, [join(packageFolder, 'scripts', 'build-native.mjs'), '--debug']);
run(
  process.execPath,
  [
    join(repositoryFolder, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--project',
    'unit',
    'packages/wire',
  ],
  {
    // Node itself is not instrumented, so the sanitizer's runtime has to be there before it starts.
    LD_PRELOAD: `${library('libasan.so')}:${library('libubsan.so')}:${library('libstdc++.so')}`,
    // What is kept back of freed memory counts as memory that test/wire.test.ts watches: 256 MB of it by default.
    ASAN_OPTIONS: 'detect_leaks=1:abort_on_error=1:quarantine_size_mb=64',
    // Only what ends with its event loop empty is checked for leaks: the processes that test/wire.test.ts starts.
    LSAN_OPTIONS: `suppressions=${join(packageFolder, 'scripts', 'leak-suppressions.txt')}:print_suppressions=0`,
    UBSAN_OPTIONS: 'print_stacktrace=1',
    PARLEY_WIRE_BUILD: 'Debug',
  },
);
