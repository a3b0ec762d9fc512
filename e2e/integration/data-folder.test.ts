import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const COMMAND = fileURLToPath(new URL('../../apps/server/bin/parley.js', import.meta.url));

/** Runs a command that needs a pair of API keys; where `isFull`, no byte can be written to any file. */
function createToken(dataDir: string, isFull: boolean): Promise<{ code: number; stderr: string }> {
  const script = `${isFull ? 'ulimit -f 0; ' : ''}exec "$0" "$@"`;
  const command = [process.execPath, COMMAND, 'create-token', '--room', 'lobby', '--identity', 'ada'];
  const env = { PATH: process.env.PATH, PARLEY_DATA_DIR: dataDir };
  return new Promise((resolve) => {
    execFile('sh', ['-c', script, ...command], { env }, (error, _stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stderr });
    });
  });
}

test('a disk that is full leaves no half-written keys behind, which would keep the next start from its own', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-e2e-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const file = join(dataDir, 'keys.yaml');
  const { code, stderr } = await createToken(dataDir, true);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^The key file .*keys\.yaml cannot be written: EFBIG/);
  expect(existsSync(file)).toBe(false);
  expect(await createToken(dataDir, false)).toEqual({ code: 0, stderr: '' });
  expect(existsSync(file)).toBe(true);
});
