import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LEAST_NODE = [20, 19];
const COMPILERS = [process.env.CXX, 'c++', 'g++', 'clang++'];
/** By the names of Debian's packages. */
const BROWSERS = {
  chromium: [
    process.env.CHROME_PATH,
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
  ],
  'firefox-esr': [process.env.FIREFOX_PATH, 'firefox-esr', 'firefox'],
};
/** The server that tests run against; Debian's packages do not put it into the path. */
const POSTGRES = 'postgresql';
const POSTGRES_FOLDER = '/usr/lib/postgresql';
const LEAST_POSTGRES = 15;
/** Where Debian's packages put the fonts that pages are drawn with in tests. */
const FONTS = {
  'fonts-noto-color-emoji': '/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf',
  'fonts-dejavu': '/usr/share/fonts/truetype/dejavu',
};

/** Ends a script with a sentence for its user instead of a stack. */
class SetupError extends Error {}

/**
 * Makes a checkout ready to run: tools, packages, native part, TypeScript, web app. What is up to date is left alone.
 * With `tests` also what tests need. Throws a SetupError that says what to do when something is missing.
 */
export function setup({ tests = false } = {}) {
  checkNode();
  installTools(tests);
  installPackages();
  const wire = join(ROOT, 'packages', 'wire');
  const wireSources = ['native', 'binding.gyp', 'package.json'].map((name) => join(wire, name));
  if (newest([join(wire, 'build', 'Release')], /\.node$/) < newest(wireSources)) {
    npm('Compiling the native part', ['run', 'build', '--workspace', '@parley/wire']);
  }
  step('Making the empty database', process.execPath, ['packages/store/scripts/build-template.mjs']);
  step('Compiling TypeScript', process.execPath, [
    tool('typescript', 'tsc'),
    '--build',
    'tsconfig.build.json',
  ]);
  const web = join(ROOT, 'apps', 'web');
  const webSources = ['src', 'public', 'index.html', 'vite.config.ts', 'package.json'].map((name) =>
    join(web, name),
  );
  if (newest([join(web, 'dist', 'index.html')]) < newest([...webSources, join(ROOT, 'package-lock.json')])) {
    npm('Building the web app', ['run', 'build', '--workspace', '@parley/web']);
  }
}

/** Runs a script in the checkout's folder; a SetupError becomes its sentence and exit code 1. */
export async function runScript(main) {
  process.chdir(ROOT);
  try {
    await main();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

/** Path of a development tool's program, to be run with Node. */
export function tool(packageName, name) {
  // Not every package lets its manifest be resolved by name.
  const manifest = join(ROOT, 'node_modules', packageName, 'package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  return join(dirname(manifest), typeof bin === 'string' ? bin : bin[name]);
}

/** Runs a program quietly, with a line on what it is for; its output is shown only when it fails. */
export function step(title, program, args, environment = {}) {
  const start = Date.now();
  const result = spawnSync(program, args, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    maxBuffer: 64 * 1024 * 1024,
  });
  const seconds = (Date.now() - start) / 1000;
  if (result.status !== 0) {
    throw new SetupError(`${result.stdout ?? ''}${result.stderr ?? ''}${title} failed (see above).`);
  }
  // What took no time was up to date, and is not worth a line.
  if (seconds >= 5) console.log(`${title}: ${seconds.toFixed(0)} s`);
}

function npm(title, args) {
  // `npm start` and `npm test` say where npm is.
  const path = process.env.npm_execpath;
  if (path === undefined) step(title, 'npm', args);
  else step(title, process.execPath, [path, ...args]);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [leastMajor, leastMinor] = LEAST_NODE;
  if (major < leastMajor || (major === leastMajor && minor < leastMinor)) {
    throw new SetupError(
      `Parley needs Node ${LEAST_NODE.join('.')} or newer and this is ${process.versions.node}: install a newer Node.`,
    );
  }
}

function installTools(tests) {
  const needed = {
    'g++': COMPILERS,
    make: ['make'],
    python3: ['python3'],
    ...(tests && BROWSERS),
  };
  const missing = Object.keys(needed).filter((name) => !needed[name].some(isProgram));
  if (tests && !hasPostgres()) missing.push(POSTGRES);
  const hasApt = isProgram('apt-get');
  const fonts = tests && hasApt ? Object.keys(FONTS).filter((name) => !exists(FONTS[name])) : [];
  const packages = [...missing, ...fonts];
  if (packages.length === 0) return;
  if (hasApt && process.getuid?.() === 0) {
    const environment = { DEBIAN_FRONTEND: 'noninteractive' };
    const install = ['install', '--yes', '--no-install-recommends', ...packages];
    step('Reading the list of system packages', 'apt-get', ['update'], environment);
    step(`Installing system packages (${packages.join(', ')})`, 'apt-get', install, environment);
  } else if (missing.length > 0) {
    throw new SetupError(
      `Missing on this machine: ${missing.join(', ')}. Install them first, for example with "sudo apt-get install ${packages.join(' ')}".`,
    );
  }
}

function hasPostgres() {
  const versions = exists(POSTGRES_FOLDER) ? readdirSync(POSTGRES_FOLDER).map(Number) : [];
  return versions.some((version) => version >= LEAST_POSTGRES) || isProgram('postgres');
}

function installPackages() {
  const lock = join(ROOT, 'package-lock.json');
  const stamp = join(ROOT, 'node_modules', '.parley-lock-hash');
  const hash = createHash('sha256').update(readFileSync(lock)).digest('hex');
  if (exists(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  // npm's own record of what it installed is newer than the lock file when somebody has run npm since.
  if (newest([join(ROOT, 'node_modules', '.package-lock.json')]) < newest([lock])) {
    npm('Installing packages', ['ci', '--no-audit', '--no-fund']);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}

function isProgram(name) {
  if (!name) return false;
  const folders = isAbsolute(name) ? [''] : (process.env.PATH ?? '').split(delimiter);
  return folders.some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function exists(path) {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Time at which the newest of these files (or of those in these folders) was changed; 0 when there are none. */
function newest(paths, pattern = /./) {
  let time = 0;
  for (const path of paths) {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isDirectory()) {
      time = Math.max(
        time,
        newest(
          readdirSync(path).map((name) => join(path, name)),
          pattern,
        ),
      );
    } else if (stats && pattern.test(path)) {
      time = Math.max(time, stats.mtimeMs);
    }
  }
  return time;
}
