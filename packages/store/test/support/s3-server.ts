import { execFile, spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { S3Options } from '@parley/store';

const SOURCES = fileURLToPath(new URL('s3-server', import.meta.url));
const VERSITYGW = 'github.com/versity/versitygw/cmd/versitygw';

/** Whether Go is there, from whose modules the server is built. */
export function hasGo(): boolean {
  const found = spawnSync('go', ['version']).status === 0;
  if (!found) console.warn('Go is not installed: nothing is tested against an S3 server.');
  return found;
}

/** A real S3 server, versitygw, which checks signatures and keeps objects in a folder. */
export class S3Server {
  readonly options: S3Options;
  readonly #folder: string;
  readonly #port: number;
  #process: ChildProcess | undefined;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#port = port;
    this.options = {
      ...{ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', bucket: 'parley', pathStyle: true },
      ...{ accessKeyId: 'parley', secretAccessKey: 'a-secret-of-the-tests' },
    };
  }

  /** The first build on a machine fetches the modules and compiles all of them. */
  static async start(): Promise<S3Server> {
    const folder = mkdtempSync(join(tmpdir(), 'parley-s3-'));
    const program = join(folder, 'versitygw');
    await promisify(execFile)('go', ['build', '-mod=readonly', '-o', program, VERSITYGW], { cwd: SOURCES });
    mkdirSync(join(folder, 'data', 'parley'), { recursive: true });
    mkdirSync(join(folder, 'metadata'));
    const server = new S3Server(folder, await freePort());
    await server.resume();
    return server;
  }

  /** As a crash ends it. */
  async kill(): Promise<void> {
    const server = this.#process;
    if (server === undefined) return;
    this.#process = undefined;
    server.kill('SIGKILL');
    await once(server, 'exit');
  }

  async resume(): Promise<void> {
    const { accessKeyId, secretAccessKey, region } = this.options;
    const server = spawn(
      join(this.#folder, 'versitygw'),
      [
        ...['--access', accessKeyId, '--secret', secretAccessKey, '--region', region, '--quiet'],
        ...['--port', `127.0.0.1:${this.#port}`],
        ...['posix', '--sidecar', join(this.#folder, 'metadata'), join(this.#folder, 'data')],
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.#process = server;
    let said = '';
    for (const output of [server.stdout, server.stderr]) {
      output.setEncoding('utf8').on('data', (text: string) => (said += text));
    }
    while (!(await answers(this.options.endpoint ?? ''))) {
      if (server.exitCode !== null) throw new Error(`The S3 server did not start: ${said}`);
    }
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url);
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}
