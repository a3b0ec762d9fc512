import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface LivekitBinary {
  path: string;
  version: string;
}

const MODULE = 'github.com/livekit/livekit-server';
/** The newest that the module proxy has and that builds by itself. */
const VERSION = '1.13.5';
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/parley-bench', import.meta.url));
/** Of the command's package, as `go install` names it. */
const BUILT_NAME = 'server';

/**
 * livekit-server, built through the Go module proxy once and kept under `node_modules/.cache`; a sentence where that
 * cannot be.
 */
export function buildLivekit(progress: (text: string) => void): LivekitBinary | string {
  const path = join(CACHE, `livekit-server-${VERSION}`);
  if (existsSync(path)) return { path, version: VERSION };
  if (spawnSync('go', ['version']).error !== undefined) {
    return 'livekit-server is skipped: it would be built with Go, which is not installed here.';
  }
  progress(`building livekit-server ${VERSION}, which takes some minutes the first time`);
  mkdirSync(CACHE, { recursive: true });
  const { status, stderr } = spawnSync('go', ['install', `${MODULE}/cmd/server@v${VERSION}`], {
    env: { ...process.env, GOBIN: CACHE, CGO_ENABLED: '0' },
    encoding: 'utf8',
  });
  if (status !== 0) {
    return `livekit-server is skipped: it could not be built. ${stderr.trim().split('\n').at(-1) ?? ''}`;
  }
  renameSync(join(CACHE, BUILT_NAME), path);
  return { path, version: VERSION };
}

/** A livekit-server that is there already; throws when it is none. */
export function existingLivekit(path: string): LivekitBinary {
  const { stdout, status } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  const version = /version (\S+)/.exec(stdout)?.[1];
  if (status !== 0 || version === undefined) throw new Error(`${path} is no livekit-server that runs here.`);
  return { path, version };
}
