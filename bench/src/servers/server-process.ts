import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { AccessToken } from 'livekit-server-sdk';
import { type Command, pinned } from '../pinning.js';
import type { MediaServer } from './media-server.js';

export interface ServerProcessOptions {
  cores: readonly number[] | undefined;
  httpPort: number;
  /** Answers 200 once the server takes calls. */
  readyPath: string;
  /** What to run, given a folder of its own that it runs in. */
  command: (dataDir: string) => Command;
  env: Record<string, string>;
}

/** What servers are told to accept. */
export const API_KEY = 'bench';
export const API_SECRET = 'bench-secret-of-more-than-thirty-two-characters';

const START_TIMEOUT_MS = 20_000;
const STOP_TIMEOUT_MS = 5_000;
const POLL_MS = 50;
const LOG_LINES_KEPT = 50;

/** A server as a child process, with a folder that goes with it. */
export class ServerProcess implements MediaServer {
  readonly url: string;
  readonly pid: number;
  readonly #process: ChildProcess;
  readonly #dataDir: string;

  private constructor(process: ChildProcess, pid: number, httpPort: number, dataDir: string) {
    this.#process = process;
    this.pid = pid;
    this.url = `ws://127.0.0.1:${httpPort}`;
    this.#dataDir = dataDir;
  }

  /** Resolves once it takes calls; rejects with the end of its log if it does not. */
  static async start(options: ServerProcessOptions): Promise<ServerProcess> {
    const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
    const { file, args } = pinned(options.command(dataDir), options.cores);
    const child = spawn(file, args, {
      cwd: dataDir,
      env: { PATH: process.env.PATH, HOME: dataDir, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const kill = () => {
      child.kill('SIGKILL');
      rmSync(dataDir, { recursive: true, force: true });
    };
    process.once('exit', kill);
    child.once('exit', () => process.off('exit', kill));
    const log: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        if (log.push(line) > LOG_LINES_KEPT) log.shift();
      });
    }
    try {
      await ready(child, `http://127.0.0.1:${options.httpPort}${options.readyPath}`);
    } catch (error) {
      kill();
      throw new Error(`The server did not start.\n${log.join('\n')}`, { cause: error });
    }
    if (child.pid === undefined) throw new Error('The server has no process id.');
    return new ServerProcess(child, child.pid, options.httpPort, dataDir);
  }

  token(room: string, identity: string): Promise<string> {
    const token = new AccessToken(API_KEY, API_SECRET, { identity });
    token.addGrant({ roomJoin: true, room });
    return token.toJwt();
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const exited = once(this.#process, 'exit');
      this.#process.kill('SIGTERM');
      const timer = setTimeout(() => this.#process.kill('SIGKILL'), STOP_TIMEOUT_MS);
      await exited;
      clearTimeout(timer);
    }
    rmSync(this.#dataDir, { recursive: true, force: true });
  }
}

/** A number that is free over TCP and, since media may come over both under one number, over UDP too. */
export async function freePort(): Promise<number> {
  for (;;) {
    const server = createServer().listen(0);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const isFree = await bindsUdp(port);
    server.close();
    await once(server, 'close');
    if (isFree) return port;
  }
}

function bindsUdp(port: number): Promise<boolean> {
  const socket = createSocket('udp4').bind(port);
  return new Promise((resolve) => {
    socket.once('error', () => resolve(false));
    socket.once('listening', () => socket.close(() => resolve(true)));
  });
}

async function ready(child: ChildProcess, url: string): Promise<void> {
  for (const until = performance.now() + START_TIMEOUT_MS; performance.now() < until;) {
    if (child.exitCode !== null) throw new Error(`It ended with code ${child.exitCode}.`);
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok === true) return;
    await pause(POLL_MS);
  }
  throw new Error('It was not ready in time.');
}
