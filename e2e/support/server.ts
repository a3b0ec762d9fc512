import { spawn, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { AccessToken, type VideoGrant } from 'livekit-server-sdk';
import { afterAll, afterEach, beforeAll } from 'vitest';

export interface TokenOptions {
  identity?: string;
  name?: string;
  metadata?: string;
  attributes?: Record<string, string>;
  grant: VideoGrant;
  /** Seconds until it expires, or a span such as `10m`; negative: it expired already. Default 10 minutes. */
  ttl?: number | string;
  secret?: string;
}

export const API_KEY = 'e2e-key';
export const API_SECRET = 'e2e-secret-of-more-than-thirty-two-characters';
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 10_000;
const MAX_SHOWN_LINE = 400;
/** pino's numbers: from here on a line tells of an error. */
const LOG_LEVEL_ERROR = 50;
const COMMAND = fileURLToPath(new URL('../../apps/server/bin/parley.js', import.meta.url));

/** A Parley of its own: own process, own ports, own data folder. */
export class ParleyServer {
  readonly httpPort: number;
  readonly mediaPort: number;
  readonly log: string[] = [];
  readonly #process: ChildProcess;
  readonly #dataDir: string;
  #stopping = false;

  private constructor(
    httpPort: number,
    mediaPort: number,
    dataDir: string,
    environment: Readonly<Record<string, string>>,
  ) {
    this.httpPort = httpPort;
    this.mediaPort = mediaPort;
    this.#dataDir = dataDir;
    this.#process = spawn(process.execPath, [COMMAND, 'up'], {
      cwd: dataDir,
      env: {
        PATH: process.env.PATH,
        HOME: dataDir,
        PARLEY_HTTP_PORT: String(httpPort),
        PARLEY_MEDIA_PORT: String(mediaPort),
        PARLEY_DATA_DIR: join(dataDir, 'data'),
        PARLEY_API_KEYS: `${API_KEY}: ${API_SECRET}`,
        PARLEY_SHUTDOWN_GRACE_SECONDS: '0',
        // Most tests are about calls, and a database takes a second to start.
        PARLEY_WORKSPACE: 'off',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** Resolves once the server has said that it runs. Without ports given, it gets free ones. */
  static async start(
    ports: Partial<Pick<ParleyServer, 'httpPort' | 'mediaPort'>> = {},
    environment: Readonly<Record<string, string>> = {},
  ): Promise<ParleyServer> {
    const dataDir = await mkdtemp(join(tmpdir(), 'parley-e2e-'));
    const { httpPort = await freeTcpPort(), mediaPort = await freeMediaPort() } = ports;
    const server = new ParleyServer(httpPort, mediaPort, dataDir, environment);
    await server.#started();
    return server;
  }

  get url(): string {
    return `http://localhost:${this.httpPort}`;
  }

  get webSocketUrl(): string {
    return `ws://localhost:${this.httpPort}`;
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  get running(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  token(options: TokenOptions): Promise<string> {
    const token = new AccessToken(API_KEY, options.secret ?? API_SECRET, {
      ttl: options.ttl ?? '10m',
      ...(options.identity === undefined ? {} : { identity: options.identity }),
      ...(options.name === undefined ? {} : { name: options.name }),
      ...(options.metadata === undefined ? {} : { metadata: options.metadata }),
      ...(options.attributes === undefined ? {} : { attributes: options.attributes }),
    });
    token.addGrant(options.grant);
    return token.toJwt();
  }

  /** Sum of all samples of a metric whose name and labels match. */
  async metric(pattern: RegExp): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    return text
      .split('\n')
      .filter((line) => !line.startsWith('#') && pattern.test(line))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
  }

  /**
   * Ends the server as an operator would; rejects if it had died before, hangs, or has logged an error.
   *
   * @param expected Of lines that tell of errors the test has caused.
   */
  async stop(timeoutMs = STOP_TIMEOUT_MS, expected?: RegExp): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    try {
      if (!this.running) throw new Error(`The server died.\n${this.tail()}`);
      const exited = once(this.#process, 'exit');
      this.#process.kill('SIGTERM');
      const timer = setTimeout(() => this.#process.kill('SIGKILL'), timeoutMs);
      await exited;
      clearTimeout(timer);
      if (this.#process.exitCode !== 0) throw new Error(`The server did not end well.\n${this.tail()}`);
      const errors = this.log.filter((line) => tellsOfAnError(line) && !(expected?.test(line) ?? false));
      if (errors.length > 0) throw new Error(`The server logged errors:\n${errors.slice(0, 20).join('\n')}`);
    } finally {
      await rm(this.#dataDir, { recursive: true, force: true });
    }
  }

  /** The last lines of the log, cut where they are too long to be read. */
  tail(lines = 40): string {
    return this.log
      .slice(-lines)
      .map((line) => line.slice(0, MAX_SHOWN_LINE))
      .join('\n');
  }

  #started(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#process.kill('SIGKILL');
        reject(new Error(`The server did not start in time.\n${this.tail()}`));
      }, START_TIMEOUT_MS);
      const settle = (settled: () => void) => {
        clearTimeout(timer);
        settled();
      };
      const onLine = (line: string) => {
        this.log.push(line);
        if (line.includes('Parley is running at')) settle(resolve);
      };
      for (const stream of [this.#process.stdout, this.#process.stderr]) readLines(stream, onLine);
      this.#process.once('exit', (code) => {
        settle(() => reject(new Error(`The server ended with code ${code ?? 'none'}.\n${this.tail()}`)));
      });
    });
  }
}

/** One server for all tests of a file; its log is shown with each test that fails. */
export function useServer(
  environment: () => Readonly<Record<string, string>> = () => ({}),
): () => ParleyServer {
  let server: ParleyServer | undefined;
  beforeAll(async () => {
    server = await ParleyServer.start({}, environment());
  });
  afterEach(({ task }) => {
    if (task.result?.state === 'fail' && server !== undefined)
      console.error(`Log of the server:\n${server.tail()}`);
  });
  afterAll(async () => {
    await server?.stop();
  });
  return () => {
    if (server === undefined) throw new Error('The server runs only while tests do.');
    return server;
  };
}

function readLines(stream: Readable | null, onLine: (line: string) => void): void {
  if (stream !== null) createInterface({ input: stream }).on('line', onLine);
}

function tellsOfAnError(line: string): boolean {
  try {
    const entry: unknown = JSON.parse(line);
    if (typeof entry !== 'object' || entry === null || !('level' in entry)) return false;
    return entry.level === 'error' || entry.level === 'fatal' || Number(entry.level) >= LOG_LEVEL_ERROR;
  } catch {
    return /\b(uncaught|unhandled)/i.test(line);
  }
}

async function freeTcpPort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** A port that is free over UDP and over TCP, which media takes both. */
async function freeMediaPort(): Promise<number> {
  for (;;) {
    const port = await freeUdpPort();
    const server = createServer().listen(port);
    const free = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    server.close();
    if (free) return port;
  }
}

async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0);
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}
