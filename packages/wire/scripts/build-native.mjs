// Builds the addon with node-gyp against the headers that belong to the running Node.
//
// Usage: node scripts/build-native.mjs [--debug] [folder]
//   --debug  with sanitizers, into build/Debug
//   folder   of another binding.gyp than this package's
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const packageFolder = dirname(dirname(fileURLToPath(import.meta.url)));
const nodeFolder = dirname(dirname(realpathSync(process.execPath)));
const headers = join(nodeFolder, 'include', 'node');

for (const header of ['node_api.h', 'uv.h', 'openssl/ssl.h']) {
  if (!existsSync(join(headers, header))) {
    console.error(
      `Node's header ${header} is not in ${headers}: install Node from nodejs.org or NodeSource, whose packages bring the headers.`,
    );
    process.exit(1);
  }
}

const folder = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
const nodeGyp = createRequire(import.meta.url).resolve('node-gyp/bin/node-gyp.js');
const mode = process.argv.includes('--debug') ? '--debug' : '--release';
const build = spawnSync(
  process.execPath,
  [nodeGyp, 'configure', 'build', mode, `--nodedir=${nodeFolder}`, '--loglevel=error', '--silent'],
  {
    cwd: folder === undefined ? packageFolder : resolve(folder),
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  },
);
if (build.status !== 0) {
  console.error(build.stdout);
  console.error(
    'The native part of @parley/wire could not be built; it needs a C++17 compiler, make and python3.',
  );
  process.exit(1);
}
