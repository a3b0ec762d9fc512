import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { AccessToken } from 'livekit-server-sdk';

const COMMAND = fileURLToPath(new URL('../../apps/server/bin/parley.js', import.meta.url));
const API_KEY = 'bench';
const API_SECRET = 'bench-secret-of-more-than-thirty-two-characters';
const START_TIMEOUT_MS = 20_000;
const LOG_LINES_KEPT = 50;

/** The Parley that is measured, in a process of its own. */
export class Server {
  readonly url: string;
  readonly pid: number;
  readonly #process: ChildProcess;
  readonly #dataDir: string;

  private constructor(process: ChildProcess, pid: number, url: string, dataDir: string) {
    this.#process = process;
    this.pid = pid;
    this.url = url;
    this.#dataDir = dataDir;
  }

  /** Resolves once it says that it runs. */
  static async start(): Promise<Server> {
    const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
    const httpPort = await freeTcpPort();
    const child = spawn(process.execPath, [COMMAND, 'up'], {
      cwd: dataDir,
      env: {
        PATH: process.env.PATH,
        HOME: dataDir,
        PARLEY_HTTP_PORT: String(httpPort),
        PARLEY_MEDIA_PORT: String(await freeUdpPort()),
        PARLEY_DATA_DIR: join(dataDir, 'data'),
        PARLEY_API_KEYS: `${API_KEY}: ${API_SECRET}`,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    await started(child);
    if (child.pid === undefined) throw new Error('The server has no process id.');
    return new Server(child, child.pid, `ws://localhost:${httpPort}`, dataDir);
  }

  token(room: string, identity: string): Promise<string> {
    const token = new AccessToken(API_KEY, API_SECRET, { identity });
    token.addGrant({ roomJoin: true, room });
    return token.toJwt();
  }

  async stop(): Promise<void> {
    const exited = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await exited;
    rmSync(this.#dataDir, { recursive: true, force: true });
  }
}

function started(child: ChildProcess): Promise<void> {
  const log: string[] = [];
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${why}\n${log.join('\n')}`));
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail('The server did not start in time.');
    }, START_TIMEOUT_MS);
    child.once('exit', (code) => fail(`The server ended with code ${code ?? 'none'}.`));
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        if (log.push(line) > LOG_LINES_KEPT) log.shift();
        if (!line.includes('Parley is running at')) return;
        clearTimeout(timer);
        resolve();
      });
    }
  });
}

async function freeTcpPort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0);
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}
